/** What was done or is to be done, and how it is taken back. */
import { fieldsOf, hasSlot } from "./frame/fields.ts";
import { hasRole, linksOf, type Reading } from "./link/reading.ts";
import type { Plan } from "./plan.ts";
import { overlap } from "./text/utterance.ts";
import { wordCount } from "./text/wording.ts";
import { calls, direct, said, type Turn } from "./turn.ts";

/** "can I undo it later?", "posso annullarlo dopo?": how the thread's last proposal can be taken back is told. */
export function undoable(turn: Turn): Plan | null {
  const { reading, state } = turn;
  const id = state.proposals[0];
  const asks = /[?？]\s*$/u.test(reading.text) || hasRole(reading, "question");
  const about = reading.concepts.has("undo") || reading.moves.has("withdraw");
  if (id === undefined || !asks || !about || wordCount(reading) > 8 || namesAnother(reading)) return null;
  return explained(turn, id);
}

/** A step or value beside the word that takes back: that word may itself be like a step's name ("Cancel application"). */
function namesAnother(reading: Reading): boolean {
  const words = reading.senses.filter(
    ({ meaning }) =>
      (meaning.kind === "concept" && meaning.value === "undo") ||
      (meaning.kind === "move" && meaning.value === "withdraw"),
  );
  return linksOf(reading, "thing").some((link) => !words.some((word) => overlap(link, word)));
}

function explained(turn: Turn, id: string): Plan | null {
  const tool = turn.briefing.tools.find((known) => known.risk === "read" && hasSlot(known, "proposal"));
  const field = tool && fieldsOf(tool).find(({ slot }) => slot === "proposal");
  if (!tool || !field) return null;
  return calls(turn, [direct({ tool: tool.name, input: { [field.name]: id } }, turn.reading.text)], {
    act: false,
  });
}

/** "undo it": what was proposed here is not done yet, or how what was done is taken back. */
export function undoing(turn: Turn): Plan | null {
  const { reading, state, briefing } = turn;
  const asked =
    reading.concepts.has("undo") &&
    wordCount(reading) <= 5 &&
    !hasRole(reading, "question") &&
    !/[?？]\s*$/u.test(reading.text);
  const id = state.proposals[0];
  if (!asked || id === undefined) return null;
  const open = briefing.proposals.find((proposal) => proposal.id === id && proposal.state === "pending");
  if (open) {
    return said(turn, {
      say: "answer",
      confidence: 0.9,
      said: {
        headline: { text: "There is nothing to undo: it has not been done. It still waits for a decision." },
        notes: [{ text: "{summary}", values: { summary: open.summary } }],
        next: {
          label: { text: 'To withdraw it, say: "{example}"', values: { example: "never mind" } },
          ask: "never mind",
        },
      },
    });
  }
  const plan = explained(turn, id);
  const note = {
    text: "A message undoes nothing: taking back what was done is a change too, and goes through a proposal of its own; the executed card has the button for it.",
  };
  return plan?.kind === "calls" ? { ...plan, notes: [note, ...plan.notes] } : plan;
}
