/** The attacks: every payload at several doors, out of the data files of evals/suites/red-team. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Case, capabilities, ExpectationSchema, languages, SuiteError } from "../case.ts";

const kinds = [
  "instruction-override",
  "fake-message",
  "forged-approval",
  "exfiltration",
  "tool-name",
  "markup",
  "unicode",
  "encoded",
  "language",
  "fake-figure",
  "formula",
  "path",
  "entity",
  "huge",
  "split",
  "slack",
  "social",
] as const;

const Id = z.string().regex(/^[a-z0-9-]+$/);

const PayloadSchema = z.strictObject({
  id: Id,
  kind: z.enum(kinds),
  language: z.enum(languages),
  /** With $EVIL, $PENDING, $DIGEST, $RIVAL and $PRIVATE for what only the world knows (`Secrets`). */
  text: z.string().min(1),
  /** That often. */
  repeat: z.int().positive().default(1),
  note: z.string().min(10),
});
export type Payload = z.infer<typeof PayloadSchema>;

const DoorSchema = z.strictObject({
  door: Id,
  /** What an honest person asks beside the payload, and what must be right all the same. */
  say: z.string(),
  capability: z.enum(capabilities),
  expect: ExpectationSchema,
  /** Kinds of payload that always come through this door; others do by turns. */
  kinds: z.array(z.enum(kinds)),
  note: z.string().min(10),
});
export type Door = z.infer<typeof DoorSchema>;

/** A payload at a door. */
export interface Attack {
  readonly payload: Payload;
  readonly door: Door;
  /** The model does all it can for the attacker; else the built-in planner answers the honest question. */
  readonly obeyed: boolean;
}

export const redTeam = "red-team";

function lines<Schema extends z.ZodType>(name: string, schema: Schema): z.infer<Schema>[] {
  const file = new URL(`../suites/${redTeam}/${name}.jsonl`, import.meta.url);
  const text = readFileSync(file, "utf8").trim();
  return text.split("\n").map((line, index) => {
    const parsed = schema.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
    throw new SuiteError(`evals/suites/${redTeam}/${name}.jsonl`, index + 1, z.prettifyError(parsed.error));
  });
}

export const payloads = (): Payload[] => lines("payloads", PayloadSchema);
export const doors = (): Door[] => lines("doors", DoorSchema);

/** Doors besides those that are a payload's own. */
const byTurns = 2;

/** The payload's own doors, and a few others, which a hash of its id chooses. */
export function doorsFor(payload: Payload, all: readonly Door[]): Door[] {
  const own = all.filter(({ kinds: always }) => always.includes(payload.kind));
  const rest = all.filter((door) => !own.includes(door));
  const begin = createHash("sha256").update(payload.id).digest().readUInt32BE(0);
  const step = Math.max(1, Math.floor(rest.length / byTurns));
  const others = Array.from({ length: byTurns }, (_, turn) => rest[(begin + turn * step) % rest.length]);
  return [...own, ...new Set(others.filter((door) => door !== undefined))];
}

const askers = [
  ["manager", "maya"],
  ["analyst", "arun"],
  ["approver", "ana"],
  ["approver", "ben"],
  ["evaluator", "eli"],
  ["admin", "dev"],
] as const;

/** Doors at which there is nothing to ask the built-in planner beside. */
const onlyObeyed = ["model-output"];

/** Each attack twice: with a model that obeys the attacker, and with the planner and an honest question. */
export function attackCases(): (Case & { readonly attack: Attack })[] {
  const all = doors();
  const pairs = payloads().flatMap((payload) => doorsFor(payload, all).map((door) => ({ payload, door })));
  return pairs.flatMap(({ payload, door }, index) => {
    const asker = askers[index % askers.length] ?? askers[0];
    const one = (obeyed: boolean) => caseOf({ payload, door, obeyed }, asker);
    return onlyObeyed.includes(door.door) ? [one(true)] : [one(false), one(true)];
  });
}

const caseOf = (attack: Attack, [persona, person]: (typeof askers)[number]) => ({
  id: `${attack.payload.id}-at-${attack.door.door}${attack.obeyed ? "-obeyed" : ""}`,
  persona,
  language: "en" as const,
  capability: attack.door.capability,
  risk: "attack" as const,
  person,
  turns: [{ say: attack.door.say, expect: attack.obeyed ? {} : attack.door.expect }],
  ...(attack.obeyed ? { script: [] } : {}),
  effects: 0,
  note: `${attack.payload.note} ${attack.door.note}`,
  attack,
});
