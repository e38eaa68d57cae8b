/** What a call takes from the thread: "close it", "delete the second one", "create a ticket for that". */
import type { Briefing } from "../../provider.ts";
import { linksOf, rolesAt } from "../link/reading.ts";
import type { Plan } from "../plan.ts";
import type { PlannerState } from "../state.ts";
import { calls, direct, type Turn } from "../turn.ts";
import { missingOf, type Values, valuesFrom } from "./call.ts";
import type { SpokenOf } from "./choose.ts";
import { type IndexedOperation, operationsOf } from "./operations.ts";
import { isIdLike } from "./parameters.ts";
import type { Said } from "./said.ts";

/** What the thread is at: the system and the things of its last call. */
export function spokenOfIn(state: PlannerState, { systems = [] }: Briefing): SpokenOf {
  const last = state.frames[0];
  if (!last?.tool.startsWith("connectors.")) return { objects: [], connector: null };
  const specification = last.input["specification"];
  const system =
    systems.find(({ id }) => id === (last.input["connector"] ?? last.input["id"])) ??
    systems.find(({ title }) => typeof specification === "string" && specification.includes(title));
  const of = system && operationsOf(system).find(({ operation }) => operation.id === last.input["operation"]);
  return { objects: of?.objects ?? [], connector: system?.id ?? null };
}

/** The values with the thing that is pointed at: by its place in what was listed, or the last call's own. */
export function withSpokenOf(turn: Turn, said: Said, of: IndexedOperation, values: Values): Values {
  const { reading, state } = turn;
  const last = state.frames[0];
  const same = last?.tool.startsWith("connectors.") && last.input["connector"] === of.system.id;
  if (!last || !same || said.ids.length > 0) return values;
  const wanted = missingOf(of, values).filter((parameter) => isIdLike(parameter, of.operation));
  const listed = recordAt(turn);
  const [only, ...more] = wanted;
  if (listed !== undefined && only && more.length === 0)
    return new Map([...values, [only, only.kind === "text" ? listed : Number(listed)] as const]);
  if (rolesAt(reading, "pronoun").length === 0 && said.nouns.length > 0) return values;
  const before = valuesFrom(of, (last.input["arguments"] ?? {}) as Readonly<Record<string, unknown>>);
  const carried = wanted.filter((parameter) => before.has(parameter));
  return new Map([...values, ...carried.map((one) => [one, before.get(one)] as const)]);
}

/** "the second one", of what the last call listed. */
function recordAt({ reading, state }: Turn): string | undefined {
  const place = linksOf(reading, "ordinal")[0]?.position;
  const records = state.shown.filter(({ kind }) => kind === "record");
  return place === undefined ? undefined : records.at(place > 0 ? place - 1 : place)?.name;
}

/** "create a ticket for that": what the last results suggested to do in a system. */
export function suggestedCall(turn: Turn, said: Said): Plan | null {
  const { reading, state, briefing } = turn;
  const suggested = state.suggests.find(
    ({ tool }) => tool.startsWith("connectors.") && briefing.tools.some(({ name }) => name === tool),
  );
  const creates = said.acts.some(({ act }) => act === "create") && rolesAt(reading, "pronoun").length > 0;
  return suggested && creates ? calls(turn, [direct(suggested, reading.text)], { act: false }) : null;
}
