/** "if order value > 500, create a ticket": a rule for cases to come, and no call to make now. */
import { compares, conditional } from "../frame/asked-besides.ts";
import type { Reading } from "../link/reading.ts";
import { spansOf } from "../text/patterns.ts";
import { overlap, type Span } from "../text/utterance.ts";

/** Words for "if": those that are nothing else, and those that begin a clause only. */
const ifs: Readonly<Record<string, readonly [anywhere: string, opening: string]>> = {
  en: ["if|whenever|every time|each time|unless", "when|once|as soon as"],
  de: ["wenn|falls|sobald|sofern|jedes mal", "bei"],
  fr: ["chaque fois que|dès que|lorsqu\\p{L}*", "si|quand"],
  es: ["siempre que|cada vez que|en cuanto", "si|cuando"],
  it: ["ogni volta che|non appena|qualora", "se|quando"],
  pt: ["sempre que|assim que|toda vez que|caso", "se|quando"],
  nl: ["zodra|indien|telkens als", "als|wanneer"],
  pl: ["jeśli|jeżeli|za każdym razem|ilekroć", "gdy|kiedy|jak"],
  ja: ["場合|たら|ならば|れば", ""],
  zh: ["如果|一旦|只要|每当|若", "当"],
};

export function onCondition(reading: Reading, values: readonly Span[] = []): boolean {
  if (conditional(reading) && compares(reading)) return true;
  const { text, language, quotes } = reading;
  const [anywhere, opening] = ifs[language.code] ?? ["", ""];
  const free = (source: string): Span[] =>
    source === ""
      ? []
      : spansOf(reading, source).filter(
          (span) => ![...values, ...quotes].some((other) => overlap(span, other)),
        );
  return (
    free(anywhere).length > 0 ||
    free(opening).some(({ start }) => /(?:^|[,;:，、])\s*$/u.test(text.slice(0, start)))
  );
}
