/** The answer to what was asked for a call: which operation, or what is still missing. */
import type { Briefing } from "../../provider.ts";
import { rank } from "../frame/rank.ts";
import type { Language } from "../languages/language.ts";
import { leadsQuestion } from "../link/grammar-words.ts";
import { read } from "../link/read.ts";
import { linksOf } from "../link/reading.ts";
import type { Plan } from "../plan.ts";
import type { PendingCall, PlannerState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { fillArguments } from "./arguments.ts";
import { type Values, valuesFrom } from "./call.ts";
import { type IndexedOperation, operationsOf } from "./operations.ts";
import { isIdLike } from "./parameters.ts";
import { complete } from "./request.ts";
import { type Said, saidIn } from "./said.ts";

/** Null where nothing was asked, or something else is said. */
export function answeredCall(
  text: string,
  language: Language,
  briefing: Briefing,
  state: PlannerState,
): Plan | null {
  const { call } = state;
  const systems = briefing.systems ?? [];
  if (call === null || systems.length === 0) return null;
  const among = systems
    .flatMap(operationsOf)
    .filter(({ system, operation }) =>
      call.among.some((one) => one.connector === system.id && one.operation === operation.id),
    );
  const reading = read(text, language, briefing);
  const turn: Turn = { reading, briefing: { ...briefing, text }, state: { ...state, call: null } };
  const said = saidIn(reading, systems);
  return among.length > 1 ? chosen(turn, said, among, call) : added(turn, said, among[0], call);
}

/** "the second one", "getCustomer", "the one in the CRM": with what was said at first. */
function chosen(turn: Turn, said: Said, among: readonly IndexedOperation[], call: PendingCall): Plan | null {
  const place = linksOf(turn.reading, "ordinal")[0]?.position;
  const byPlace = place === undefined ? undefined : among.at(place > 0 ? place - 1 : place);
  const plain = turn.reading.text.toLowerCase();
  const byName = among.filter(
    ({ operation, system }) =>
      said.named.some((one) => one.operation === operation && one.system === system) ||
      plain === operation.id.toLowerCase(),
  );
  const bySystem = among.filter(({ system }) => said.systems.includes(system));
  const of = byPlace ?? [byName, bySystem].find((list) => list.length === 1)?.[0];
  if (!of) return null;
  const { language } = turn.reading;
  const reading = read(call.text, language, turn.briefing);
  return complete({ ...turn, reading }, saidIn(reading, turn.briefing.systems ?? []), of);
}

function added(turn: Turn, said: Said, of: IndexedOperation | undefined, call: PendingCall): Plan | null {
  if (!of || turn.reading.moves.has("withdraw") || asksBack(turn)) return null;
  const before = valuesFrom(of, call.arguments);
  const filled = fillArguments(said, of, before).values;
  const isNamed = filled.size > before.size && said.acts.length === 0;
  if (!isNamed && isAnotherRequest(turn, said)) return null;
  const values = filled.size > before.size ? filled : whole(turn, of, call, before);
  return values === null ? null : complete(turn, nothingMore(said), of, values);
}

/** What was read from the answer is not read twice. */
const nothingMore = (said: Said): Said => ({
  ...said,
  ids: [],
  acts: [],
  nouns: [],
  words: { ...said.words, quotes: [], text: "", tokens: [] },
});

/** All of the words are the one thing that was asked for. */
function whole({ reading }: Turn, of: IndexedOperation, call: PendingCall, before: Values): Values | null {
  const [only, ...more] = of.operation.parameters.filter(
    (parameter) => call.wants.includes(parameter.name) && parameter.required && !before.has(parameter),
  );
  if (!only || more.length > 0 || only.kind !== "text" || only.values.length > 0) return null;
  const text = reading.text.replace(/^["'\s]+|["'.\s]+$/gu, "");
  if (text === "" || (isIdLike(only, of.operation) && /\s/u.test(text))) return null;
  return new Map([...before, [only, text]]);
}

/** As likely as this, it asks for something else. */
const surely = 0.6;

const asksBack = ({ reading }: Turn): boolean =>
  /[?？]\s*$/u.test(reading.text) ||
  reading.senses.some((sense) => sense.from === 0 && leadsQuestion(sense, reading.language));

function isAnotherRequest({ reading, briefing }: Turn, said: Said): boolean {
  if (said.words.quotes.length > 0 || said.ids.length > 0)
    return said.acts.length > 0 && said.nouns.length > 0;
  const [best] = rank(reading, briefing);
  return best !== undefined && best.likelihood >= surely && !best.tool.name.startsWith("connectors.");
}
