/** What people write in their own words: what stands in quotation marks, is called so, follows a colon. */
import type { ConnectedParameter } from "../../provider.ts";
import { calledWords, sayingWords } from "../languages/operation-parameters.ts";
import { spansOf } from "../text/patterns.ts";
import { inside, overlap, type Span } from "../text/utterance.ts";
import { endOfValue, type Filling, open, take, taken, trimmed } from "./filling.ts";
import type { IndexedOperation } from "./operations.ts";
import { parameterKindOf } from "./parameters.ts";

/** What stands in quotation marks is the title, then the text; of a search it is what is sought. */
export function quoted(filling: Filling): void {
  const { said } = filling;
  for (const quote of said.words.quotes) {
    if (taken(filling, quote)) continue;
    const parameter = textual(filling, ["title", "text", "reason"]) ?? sought(filling) ?? anyText(filling);
    if (parameter) take(filling, parameter, said.words.text.slice(quote.start, quote.end), quote);
  }
}

const textual = (filling: Filling, kinds: readonly string[]): ConnectedParameter | undefined =>
  kinds
    .map((kind) =>
      open(filling).find(
        (parameter) =>
          parameter.inBody &&
          parameter.kind === "text" &&
          parameter.values.length === 0 &&
          parameterKindOf(parameter) === kind,
      ),
    )
    .find((found) => found !== undefined);

const sought = (filling: Filling): ConnectedParameter | undefined =>
  open(filling).find(
    ({ name, inBody }) => !inBody && /^(?:q|query|search|term|keywords?|name|title)$/iu.test(name),
  );

/** "search customers for Miller": a name behind what is searched. */
export function searched(filling: Filling): void {
  const { said, of } = filling;
  const { tokens, text, language } = said.words;
  const parameter = of.operation.effect === "read" ? sought(filling) : undefined;
  const last = Math.max(
    -1,
    ...said.nouns.filter(({ kind }) => of.objects.includes(kind)).map(({ end }) => end),
  );
  if (!parameter || last < 0 || language.script !== null) return;
  const read = [...said.acts, ...said.nouns, ...said.systemSpans, ...filling.spans];
  const names = tokens.filter(
    (token) =>
      token.start >= last && /^\p{Lu}/u.test(token.text) && !read.some((span) => overlap(span, token)),
  );
  const [first, end] = [names[0], names.at(-1)];
  if (first && end)
    take(filling, parameter, text.slice(first.start, end.end), { start: first.start, end: end.end });
}

const anyText = (filling: Filling): ConnectedParameter | undefined =>
  open(filling).find(
    (parameter) => parameter.required && parameter.kind === "text" && parameter.values.length === 0,
  );

/** "called VPN down", "about the printer", "create a ticket: VPN down". */
export function called(filling: Filling): void {
  const { words } = filling.said;
  const { code } = words.language;
  const markers = [
    { source: calledWords[code] ?? "", kinds: ["title", "text"] },
    { source: sayingWords[code] ?? "", kinds: ["text", "title"] },
    { source: colon, kinds: ["title", "text"] },
  ];
  for (const { source, kinds } of markers) {
    const mark = source === "" ? undefined : markIn(filling, source);
    if (mark !== undefined) behindMark(filling, mark, kinds);
  }
}

/** A colon or a dash that is no part of a time or of a word. */
const colon =
  "(?<=[\\p{L}\\p{N}]) ?(?:：|:(?=[^\\p{L}\\p{N}]|[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]))|(?<=[\\p{L}\\p{N}]) - ";

function behindMark(filling: Filling, mark: Span, kinds: readonly string[]): void {
  const { words } = filling.said;
  const until = endOfValue(filling, mark.end, null);
  const value = trimmed(words.text.slice(mark.end, until), words, until < words.text.length);
  const required = open(filling).filter((parameter) => parameter.required);
  const parameter =
    textual({ ...filling, of: onlyWith(filling, required) }, kinds) ?? textual(filling, kinds);
  if (parameter && value !== "") take(filling, parameter, value, { start: mark.start, end: until });
}

const onlyWith = ({ of }: Filling, parameters: readonly ConnectedParameter[]): IndexedOperation => ({
  ...of,
  operation: { ...of.operation, parameters },
});

/** A marker, behind the doing, in no value. */
function markIn(filling: Filling, source: string): Span | undefined {
  const { said } = filling;
  const { text } = said.words;
  const plain = /^\p{L}/u.test(source) || source.startsWith("(?:");
  const found = plain
    ? spansOf(said.words, source)
    : [...text.matchAll(new RegExp(source, "gu"))].map(({ index, 0: whole }) => ({
        start: index,
        end: index + whole.length,
      }));
  const first = Math.min(...[...said.acts, ...said.nouns].map(({ start }) => start));
  return found.find(
    (span) =>
      span.start >= first && !taken(filling, span) && !said.words.quotes.some((quote) => inside(span, quote)),
  );
}
