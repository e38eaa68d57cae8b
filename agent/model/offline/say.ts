/** Puts messages into words of a language: figures stay holes, settings are written by code and reported as quoted. */
import type { Answer, Fact, Message } from "../../../tools/define.ts";
import { formatQuantity } from "../../evidence/format.ts";
import type { FinalParts } from "../provider.ts";
import { fragment, translate } from "./translate.ts";

export class Speaker {
  readonly #language: string;
  readonly #quoted = new Set<string>();

  constructor(language: string) {
    this.#language = language;
  }

  /** Settings that were written so far. */
  get quoted(): string[] {
    return [...this.#quoted];
  }

  say({ text, values }: Message): string {
    const template = translate(text, this.#language);
    for (const [number] of template.replace(/\{\w+\}/gu, " ").matchAll(/\d[\d.,]*/gu))
      this.#quoted.add(number);
    return template.replace(/\{(\w+)\}/gu, (whole, name: string) => {
      const value = values?.[name];
      return value === undefined ? whole : this.#value(value);
    });
  }

  #value(value: Fact | string | { readonly quantity: number; readonly unit: string }): string {
    if (typeof value === "string") return fragment(value, this.#language);
    if (!("quantity" in value)) return `{{${value.id}}}`;
    const setting = formatQuantity(value.quantity, value.unit, this.#language);
    this.#quoted.add(setting);
    return setting;
  }

  /** A sentence that a tool made: its problem, a remedy, how a change is undone. */
  whole(sentence: string): string {
    return translate(sentence, this.#language);
  }

  label(fact: Fact): string {
    return translate(fact.label, this.#language);
  }

  /** Words that ask for a next step, so that they are understood when they come back. */
  ask(words: string): string {
    return translate(words, this.#language);
  }
}

/** One answer as parts and as the lines of a reply, without its next step: of several answers one stands at the end. */
export interface Told {
  readonly lines: readonly string[];
  readonly parts: Pick<FinalParts, "headline" | "figures" | "assumptions" | "notes" | "next">;
}

/** Headline, at most three figures that the headline does not hold already, notes, one line of assumptions, a next step. */
export function tellAnswer(answer: Answer, speaker: Speaker, extra: readonly Message[] = []): Told {
  const headline = speaker.say(answer.headline);
  const figures = answer.figures
    .filter((fact) => !headline.includes(`{{${fact.id}}}`))
    .slice(0, 3)
    .map((fact) => `${speaker.label(fact)}: {{${fact.id}}}`);
  const notes = (answer.notes ?? []).map((note) => speaker.say(note));
  const assumptions = asOneLine(
    [...answer.assumptions, ...extra].map((assumption) => speaker.say(assumption)),
  );
  const next = answer.next
    ? { label: speaker.say(answer.next.label), ask: speaker.ask(answer.next.ask) }
    : null;
  const parts = {
    headline,
    figures: answer.figures.slice(0, 3).map(({ id }) => id),
    assumptions,
    notes,
    next,
  };
  const lines = [headline, ...figures, ...notes, assumptions];
  return { lines: lines.filter((line) => line !== ""), parts };
}

/** Sentences follow each other; what is no sentence is set off by semicolons. */
const asOneLine = (pieces: readonly string[]): string =>
  pieces.reduce(
    (line, piece) => (line === "" ? piece : `${line}${/[.!?]$/u.test(line) ? " " : "; "}${piece}`),
    "",
  );
