/** The system and the operation that a text names, for tools that take them as fields. */
import type { Briefing } from "../../provider.ts";
import type { Reading } from "../link/reading.ts";
import { candidates, equallyFit } from "./choose.ts";
import { operationsOf } from "./operations.ts";
import { saidIn } from "./said.ts";

interface Called {
  /** The only system that is named. */
  readonly named: string | null;
  readonly connector: string | null;
  readonly operation: string | null;
}

const kept = new WeakMap<Reading, Called>();

/** The only system that is named, and the only read that fits. */
export function calledIn(reading: Reading, { systems = [] }: Briefing): Called {
  let called = kept.get(reading);
  if (!called) {
    called =
      systems.length === 0 ? { named: null, connector: null, operation: null } : found(reading, systems);
    kept.set(reading, called);
  }
  return called;
}

function found(reading: Reading, systems: NonNullable<Briefing["systems"]>): Called {
  const said = saidIn(reading, systems);
  const reads = systems.flatMap(operationsOf).filter(({ operation }) => operation.effect === "read");
  const fit = equallyFit(candidates(said, reads, { objects: [], connector: null }));
  const only = fit.length === 1 ? fit[0]!.of : null;
  const named = said.systems.length === 1 ? said.systems[0]!.id : null;
  return { named, connector: named ?? only?.system.id ?? null, operation: only?.operation.id ?? null };
}
