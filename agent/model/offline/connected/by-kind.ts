/** Values that tell by themselves what they are: ids, listed values, what a doing stands for, amounts. */
import type { ConnectedParameter } from "../../provider.ts";
import { overlap, type Span } from "../text/utterance.ts";
import { stateFor } from "./choose.ts";
import { type Filling, open, take, taken } from "./filling.ts";
import { isIdLike, nounOf, numberIn, parameterKindOf, valuesIn } from "./parameters.ts";
import type { Said } from "./said.ts";

/** Ids go to what takes one: where a noun leads, to the parameter of that noun. */
export function byId(filling: Filling): void {
  const { said, of } = filling;
  for (const id of said.ids) {
    if (taken(filling, id)) continue;
    const free = open(filling).filter(
      (parameter) => isIdLike(parameter, of.operation) && takesId(parameter, id.id),
    );
    const noun = nounBefore(said, id);
    const own = free.find((parameter) => nounOf(parameter) !== null && nounOf(parameter) === noun);
    const path = free.find(({ inBody, name }) => !inBody && of.operation.path.includes(`{${name}}`));
    const parameter = own ?? path ?? free.find(({ required }) => required);
    if (parameter) take(filling, parameter, parameter.kind === "text" ? id.id : Number(id.id), id);
  }
}

const takesId = ({ kind }: ConnectedParameter, id: string): boolean => kind === "text" || /^\d+$/u.test(id);

const nounBefore = ({ nouns, words }: Said, { start }: Span): string | null =>
  nouns.findLast(
    (noun) =>
      noun.end <= start &&
      /^[\s#:.]*(?:(?:no|nr|number|nummer|id)\.?\s*)?$/iu.test(words.text.slice(noun.end, start)),
  )?.kind ?? null;

/** "the open tickets": a value that a parameter lists, in words that say nothing else. */
export function byValue(filling: Filling): void {
  const { said } = filling;
  for (const parameter of open(filling).filter(({ values }) => values.length > 0)) {
    const found = valuesIn(said.words, parameter).find(
      (span) =>
        !taken(filling, span) &&
        ![...said.acts, ...said.words.quotes, ...said.systemSpans].some((other) => overlap(span, other)),
    );
    if (found) take(filling, parameter, found.value, found);
  }
}

/** "close ticket 42", where an update sets the status. */
export function byDoing(filling: Filling): void {
  const { said, of } = filling;
  if (of.operation.effect === "read") return;
  for (const parameter of open(filling)) {
    const doing = said.acts.find(({ act }) => !of.acts.has(act) && stateFor(act, parameter) !== undefined);
    if (doing) take(filling, parameter, stateFor(doing.act, parameter), doing);
  }
}

const money =
  /(?<!\p{L})(?:[€$£¥]|(?:EUR|USD|GBP|PLN|CHF) )\s?(\d[\d.,']*)|(?<![A-Za-z0-9-])(\d[\d.,']*)\s?(?:[€$£円元]|(?:EUR|USD|GBP|PLN|CHF|euros?|dollars?|pounds?|zł|złotych|欧元|美元)(?!\p{L}))/iu;

/** "120 €": an amount that nothing names is the amount. */
export function byAmount(filling: Filling): void {
  const { said } = filling;
  const { text, language } = said.words;
  const parameter = open(filling).find((one) => one.kind === "number" || parameterKindOf(one) === "amount");
  const found = money.exec(text);
  const value = found ? numberIn(found[1] ?? found[2] ?? "", language.numbers.decimal) : null;
  if (!parameter || !found || value === null) return;
  const span = { start: found.index, end: found.index + found[0].length };
  if (!taken(filling, span))
    take(filling, parameter, parameter.kind === "text" ? String(value) : value, span);
}
