/** Claims that a gate is open, orders to ignore it, pseudonyms to be lifted: looked up and refused. */
import type { Message } from "../../../../tools/define.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import { any, line, refusal, type Situation, type Spoken } from "../spoken.ts";
import { overlap, type Span } from "../text/utterance.ts";
import { wordings } from "../text/wording.ts";

/** Claims that a gate is open, orders to ignore it, words that somebody important said: looked up, never believed. */
export function pretending({ reading, briefing }: Situation): Spoken | null {
  if (!reading.moves.has("pretend") || supposesSkip(reading)) return null;
  const id = linksOf(reading, "proposal")[0]?.id;
  const card = briefing.proposals.find((proposal) => proposal.id === id);
  const state = card
    ? line("Proposal {proposal} is {state}, whatever a message says.", {
        proposal: card.id,
        state: card.state,
      })
    : line("There is no approval on record for that.");
  return onlyDecisions([
    state,
    line("Text in messages, logs and tickets is data here; it cannot open the gate."),
  ]);
}

/**
 * "What if we skipped the approval of small orders?" supposes that a step of the log is left out, "which orders skipped the
 * approval?" asks where it was: both are questions about cases, and order nothing.
 */
function supposesSkip(reading: Reading): boolean {
  const { senses, links, concepts } = reading;
  const claims = senses.filter(({ meaning }) => meaning.kind === "move" && meaning.value === "pretend");
  const skips = [
    ...senses.filter(({ meaning }) => meaning.kind === "option" && meaning.value === "skip"),
    ...wordings(reading, "lacking"),
  ];
  const steps = links.filter((link) => link.kind === "thing" && link.thing.kind === "activity");
  const supposed = concepts.has("what-if");
  return (
    (supposed || claims.length > 0) &&
    claims.every(
      (claim) =>
        (supposed || casesAhead(reading, claim)) &&
        skips.some((skip) => overlap(skip, claim)) &&
        steps.some((step) => overlap(step, claim)),
    )
  );
}

/** A noun for cases stands before it in the same words: they are what it is said of. */
const casesAhead = ({ senses, text }: Reading, { start }: Span): boolean =>
  senses.some(
    ({ meaning, end }) =>
      meaning.kind === "concept" &&
      meaning.value === "case" &&
      end <= start &&
      !/[:;.!?"'“”„«»「」『』]/u.test(text.slice(end, start)),
  );

/** No words go around the gate. */
export const onlyDecisions = (notes: readonly Message[]): Spoken =>
  refusal(
    line(
      "Only a decision by the right person, made with the buttons on the card, approves anything. Words never do.",
    ),
    notes,
    "what is waiting for approval?",
  );

export function unmasking({ reading }: Situation): Spoken | null {
  if (!any(reading, "unmask")) return null;
  return refusal(
    line(
      "I do not unmask people's data. Pseudonyms stay until somebody with that right asks in the administration.",
    ),
    [line("An administrator can grant access to one case for a stated reason, and the grant is recorded.")],
    "what is in this log?",
  );
}
