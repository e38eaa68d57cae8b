/** How people call the parameters of an operation. */
import type { ConnectedOperation, ConnectedParameter } from "../../provider.ts";
import { operationNouns } from "../languages/operation-nouns.ts";
import { parameterKinds, parameterValues } from "../languages/operation-parameters.ts";
import { spansOf } from "../text/patterns.ts";
import type { Span, Utterance } from "../text/utterance.ts";
import { apart, kindOf } from "./operations.ts";

/** "orderId" is about an order; null where it is about no kind of thing. */
export const nounOf = ({ name }: ConnectedParameter): string | null =>
  kindOf(
    apart(name)
      .replace(/ (?:id|number|key|no|code)$/u, "")
      .trim(),
  );

/** It takes the id of something. */
export function isIdLike(parameter: ConnectedParameter, { path }: ConnectedOperation): boolean {
  if (parameter.values.length > 0 || parameter.kind === "boolean" || parameter.kind === "other") return false;
  const name = apart(parameter.name);
  return (
    path.includes(`{${parameter.name}}`) ||
    /(?:^| )(?:id|uuid|key|number|no|ref|reference)$/u.test(name) ||
    (parameter.required && nounOf(parameter) !== null && kindOf(name) !== null)
  );
}

/** What the parameter is, of those that people have words for ("title", "amount"). */
export function parameterKindOf({ name }: ConnectedParameter): string | null {
  const words = apart(name);
  const found = Object.entries(parameterKinds);
  const exact = found.find(([, { names }]) => names.includes(words));
  const last = found.find(([, { names }]) => names.includes(words.split(" ").at(-1) ?? ""));
  return (exact ?? last)?.[0] ?? null;
}

/** Where a text names the parameter: as the specification calls it, or in the language's own words. */
export function mentionsOf(words: Utterance, parameter: ConnectedParameter): Span[] {
  const { code } = words.language;
  const kind = parameterKindOf(parameter);
  const noun = nounOf(parameter);
  const sources = [
    RegExp.escape(parameter.name),
    apart(parameter.name).split(" ").map(RegExp.escape).join("[ _-]?"),
    ...(kind === null ? [] : [parameterKinds[kind]!.words[code], parameterKinds[kind]!.words["en"]]),
    ...(noun === null ? [] : [operationNouns[noun]![code], operationNouns[noun]!["en"]]),
  ];
  return sources
    .filter((source): source is string => source !== undefined && source !== "")
    .flatMap((source) => spansOf(words, source))
    .sort((left, right) => left.start - right.start || right.end - left.end);
}

/** Where a text says one of the values that the parameter takes. */
export function valuesIn(
  words: Utterance,
  { values }: ConnectedParameter,
): readonly (Span & { readonly value: string })[] {
  return values
    .flatMap((value) => {
      const plain = value.toLowerCase().replaceAll(/[_-]/gu, " ");
      const entry = Object.entries(parameterValues).find(([names]) => ` ${names} `.includes(` ${plain} `));
      const sources = [
        plain.split(" ").map(RegExp.escape).join("[ _-]?"),
        entry?.[1][words.language.code],
        entry?.[1]["en"],
      ];
      return sources
        .filter((source): source is string => source !== undefined && source !== "")
        .flatMap((source) => spansOf(words, source).map((span) => ({ ...span, value })));
    })
    .sort((left, right) => right.end - right.start - (left.end - left.start));
}

/** A number as the language writes it; null where it is none. */
export function numberIn(text: string, decimal: "." | ","): number | null {
  const found = /-?\d[\d.,' ]*/u.exec(text)?.[0].replace(/[.,' ]+$/u, "");
  if (found === undefined) return null;
  const parts = found.replaceAll(/[' ]/gu, "").split(/[.,]/u);
  const last = parts.at(-1)!;
  const mark = found.replaceAll(/[^.,]/gu, "").at(-1);
  const isFraction = parts.length > 1 && (mark === decimal || last.length !== 3);
  const value = Number(isFraction ? `${parts.slice(0, -1).join("")}.${last}` : parts.join(""));
  return Number.isFinite(value) ? value : null;
}
