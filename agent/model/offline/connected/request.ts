/** "Create a ticket titled VPN down": an operation of a connected system, asked for in words. */
import type { Message } from "../../../../tools/define.ts";
import type { Briefing, ConnectedParameter } from "../../provider.ts";
import type { Language } from "../languages/language.ts";
import { read } from "../link/read.ts";
import type { Reading } from "../link/reading.ts";
import type { Plan } from "../plan.ts";
import type { PendingCall, PlannerState } from "../state.ts";
import { apart } from "../text/document.ts";
import { utterance } from "../text/utterance.ts";
import { calls, direct, type Turn, said as toPlan } from "../turn.ts";
import { fillArguments } from "./arguments.ts";
import { changesNothing, inputOf, missingOf, toolFor, type Values, valuesFrom } from "./call.ts";
import { type Candidate, candidates, equallyFit, type SpokenOf } from "./choose.ts";
import { type Asked, isDenied, isMeant, ordersIt } from "./meant.ts";
import { type IndexedOperation, operationsOf } from "./operations.ts";
import { type Said, saidIn } from "./said.ts";
import { otherLanguage } from "./spoken-in.ts";
import { spokenOfIn, suggestedCall, withSpokenOf } from "./spoken-of.ts";
import {
  leftAlone,
  mayNot,
  noneThatCan,
  notConnected,
  readFromWords,
  stillNeeded,
  whatToChange,
  whichOperation,
} from "./telling.ts";
import { unconnectedIn } from "./unconnected.ts";

/** Null: something else is asked for. */
export function connectedRequest(
  text: string,
  language: Language,
  briefing: Briefing,
  state: PlannerState,
): Plan | null {
  const systems = briefing.systems ?? [];
  const { words, document } = withoutDocument(text);
  const spoken = otherLanguage(utterance(words, language)) ?? language;
  const said = saidIn(utterance(words, spoken), systems);
  const describes = document !== null && /openapi|swagger/iu.test(document);
  if (describes || (said.acts.length === 0 && said.named.length === 0)) return null;
  const reading = { ...read(words, spoken, briefing), document };
  const turn = { reading, briefing: { ...briefing, text }, state };
  const elsewhere = unconnectedIn(said, reading, briefing);
  if (elsewhere !== null) return toPlan(turn, notConnected(elsewhere, briefing));
  return systems.length === 0 ? null : requested(turn, said, false);
}

/** Arguments may be pasted, however short they are. */
function withoutDocument(text: string): ReturnType<typeof apart> {
  const found = apart(text);
  const braces = found.document === null ? /\{\s*"[^{}]*\}/u.exec(text) : null;
  return braces ? { words: text.replace(braces[0], " ").trim(), document: braces[0] } : found;
}

/** The same where the words were found to be about another system, whatever they say. */
export function otherwiseConnected(turn: Turn): Plan {
  const { reading, briefing } = turn;
  const said = saidIn(reading, briefing.systems ?? []);
  const elsewhere = unconnectedIn(said, reading, briefing);
  if (elsewhere !== null) return toPlan(turn, notConnected(elsewhere, briefing));
  return requested(turn, said, true) ?? toPlan(turn, noneThatCan(briefing));
}

function requested(turn: Turn, said: Said, surely: boolean): Plan | null {
  const { briefing, state } = turn;
  const spokenOf = spokenOfIn(state, briefing);
  const all = (briefing.systems ?? []).flatMap(operationsOf);
  const found = candidates(said, all, spokenOf);
  const best = found[0];
  const asked = best && askedFor(turn, said, best, spokenOf);
  if (best && asked && said.named.length > 0 && asksWhatItDoes(asked, best.of))
    return described(turn, best.of);
  if (best && asked && (surely ? isOrdered(asked, best) : isMeant(asked, best)))
    return one(turn, said, found);
  if (asked && isDenied(asked)) return surely ? toPlan(turn, leftAlone()) : null;
  // "was ticket 42 closed?": what became of it is read.
  const looking = { ...said, acts: [{ act: "read" as const, start: 0, end: 0 }] };
  const reads = candidates(looking, all, spokenOf).filter(({ of }) => of.operation.effect === "read");
  const isRead =
    reads[0] &&
    (said.acts.every(({ act }) => act === "read") || /[?？]\s*$/u.test(said.words.text)) &&
    (surely || isMeant(askedFor(turn, looking, reads[0], spokenOf), reads[0]));
  return isRead ? one(turn, looking, reads) : null;
}

const askedFor = ({ reading, briefing }: Turn, said: Said, best: Candidate, spokenOf: SpokenOf): Asked => ({
  said,
  reading,
  briefing,
  spokenOf,
  values: fillArguments(said, best.of).spans,
});

const isOrdered = (asked: Asked, { of }: Candidate): boolean =>
  !isDenied(asked) && (of.operation.effect === "read" || ordersIt(asked));

function one(turn: Turn, said: Said, found: readonly Candidate[]): Plan {
  const isRead = found[0]!.of.operation.effect === "read";
  const fit = equallyFit(found)
    .map(({ of }) => of)
    .filter(({ operation }) => (operation.effect === "read") === isRead);
  return fit.length > 1
    ? toPlan(turn, whichOperation(fit, pendingOf(turn, fit)))
    : complete(turn, said, fit[0]!);
}

/** "what does createTicket take?": told, not called. */
const asksWhatItDoes = (asked: Asked, of: IndexedOperation): boolean =>
  of.operation.effect === "read"
    ? /[?？]\s*$/u.test(asked.said.words.text) &&
      missingOf(of, fillArguments(asked.said, of).values).length > 0
    : !ordersIt(asked);

const described = (turn: Turn, { system, operation }: IndexedOperation): Plan =>
  calls(
    turn,
    [
      direct(
        { tool: "connectors.list", input: { connector: system.id, words: operation.id } },
        turn.reading.text,
      ),
    ],
    { act: false },
  );

const pendingOf = (
  { reading }: Turn,
  among: readonly IndexedOperation[],
  wants: readonly ConnectedParameter[] = [],
  given: Readonly<Record<string, unknown>> = {},
): PendingCall => ({
  text: reading.text,
  among: among.map(({ system, operation }) => ({ connector: system.id, operation: operation.id })),
  arguments: given,
  wants: wants.map(({ name }) => name),
});

/** The call, or what is still needed for it. */
export function complete(turn: Turn, said: Said, of: IndexedOperation, given: Values = new Map()): Plan {
  const { reading, briefing } = turn;
  const tool = toolFor[of.operation.effect];
  if (!briefing.tools.some(({ name }) => name === tool)) return toPlan(turn, mayNot(of));
  const known = new Map([...given, ...pasted(reading, of)]);
  const values = withSpokenOf(turn, said, of, fillArguments(said, of, known).values);
  const input = inputOf(of, values);
  const missing = missingOf(of, values);
  const pending = pendingOf(turn, [of], missing, input["arguments"] as Readonly<Record<string, unknown>>);
  const suggested = missing.length > 0 ? suggestedCall(turn, said) : null;
  if (suggested) return suggested;
  if (missing.length > 0) return toPlan(turn, stillNeeded(of, missing, pending));
  if (changesNothing(of, values)) {
    const fields = of.operation.parameters.filter(({ inBody }) => inBody);
    const open = { ...pending, wants: fields.map(({ name }) => name) };
    return toPlan(turn, whatToChange(of, fields, open));
  }
  const told = of.operation.effect === "read" ? [] : readFromWords(values);
  const plan = calls(turn, [direct({ tool, input }, reading.text)], { act: false });
  return plan.kind === "calls"
    ? { ...plan, notes: [...told, ...gateNotes(reading, said, of), ...plan.notes] }
    : plan;
}

/** A document that was pasted holds the arguments, or the body. */
function pasted({ document }: Reading, of: IndexedOperation): Values {
  if (document === null) return new Map();
  try {
    const found: unknown = JSON.parse(document);
    const given = typeof found === "object" && found !== null ? (found as Record<string, unknown>) : {};
    return valuesFrom(of, "body" in given ? given : { ...given, body: given });
  } catch (error) {
    if (error instanceof SyntaxError) return new Map();
    throw error;
  }
}

function gateNotes(reading: Reading, said: Said, { operation }: IndexedOperation): Message[] {
  const speaks = said.gate.length > 0 || reading.moves.has("pretend");
  return speaks && operation.effect !== "read"
    ? [
        {
          text: "Only a decision by the right person, made with the buttons on the card, approves anything. Words never do.",
        },
      ]
    : [];
}
