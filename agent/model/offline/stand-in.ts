/** How a reply says that the built-in planner stood in for a language model, and why. */
import type { Message } from "../../../tools/define.ts";
import { type AbsenceReason, reasons } from "./absence.ts";
import { translate } from "./translate.ts";

/** Why a language model does not answer. */
export type Absence =
  | { readonly kind: "unavailable"; readonly model: string; readonly reason: AbsenceReason }
  | { readonly kind: "budget"; readonly scope: "turn" | "person" | "tenant"; readonly limit: string };

const budgets = {
  turn: {
    text: "The built-in planner answered: the language model's budget of {limit} for one turn is used up.",
  },
  person: {
    text: "The built-in planner answered: the language model's budget of {limit} a day for one person is used up. The next day begins at 00:00 UTC.",
  },
  tenant: {
    text: "The built-in planner answered: the language model's budget of {limit} a day for everybody is used up. The next day begins at 00:00 UTC.",
  },
} satisfies Record<string, Message>;

const unavailable: Message = {
  text: "The built-in planner answered: {model} could not be reached ({reason}).",
};

/** One line in the reply's language. */
export function standInText(absence: Absence, language: string): string {
  const message = absence.kind === "budget" ? budgets[absence.scope] : unavailable;
  const values: Readonly<Record<string, string>> =
    absence.kind === "budget"
      ? { limit: absence.limit }
      : { model: absence.model, reason: translate(reasons[absence.reason].text, language) };
  return translate(message.text, language).replace(
    /\{(\w+)\}/gu,
    (hole, name: string) => values[name] ?? hole,
  );
}
