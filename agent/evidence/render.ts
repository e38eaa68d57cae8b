/** Fills the `{{factId}}` holes of a text; only code writes figures. */
import { MillwrightError } from "../../errors.ts";
import type { Fact } from "../../tools/define.ts";
import type { Mark } from "../service.ts";
import { formatQuantity } from "./format.ts";

export interface Rendered {
  readonly text: string;
  readonly marks: readonly Mark[];
}

export class UnknownFactError extends MillwrightError {
  constructor(id: string, known: readonly string[]) {
    super("unknown-fact", 422, `The text refers to a fact "${id}" that nothing has established`, {
      value: id,
      expected: known.length === 0 ? "no facts yet" : known.slice(0, 20).join(", "),
      remedy: "Use only facts that a tool of this turn returned.",
    });
  }
}

const hole = /\{\{\s*([^{}\s]+)\s*\}\}/g;

/** Ids of the facts a template refers to, in order, each once. */
export const factsIn = (template: string): string[] => [
  ...new Set([...template.matchAll(hole)].map((match) => match[1]!)),
];

/** The text with figures written in, and where each stands (UTF-16 offsets). Throws `UnknownFactError`. */
export function renderTemplate(
  template: string,
  facts: ReadonlyMap<string, Fact>,
  language: string,
): Rendered {
  const marks: Mark[] = [];
  let text = "";
  let from = 0;
  for (const match of template.matchAll(hole)) {
    const fact = facts.get(match[1]!);
    if (fact === undefined) throw new UnknownFactError(match[1]!, [...facts.keys()]);
    text += template.slice(from, match.index);
    const start = text.length;
    text += formatQuantity(fact.value, fact.unit, language);
    marks.push({ start, end: text.length, fact: fact.id });
    from = match.index + match[0].length;
  }
  return { text: text + template.slice(from), marks };
}
