/** The attacks: every payload at several doors, out of the data files of evals/suites/red-team. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Case, capabilities, ExpectationSchema, languages, SuiteError } from "../case.ts";
import { forms } from "./forms.ts";

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
  "approval-words",
  "prompt-leak",
  "memory-poison",
  "tool-json",
  "query",
  "personal",
  /** What a person simply asks for: to decide in their place, to go around the gate, for what is another's. */
  "direct-request",
  /** Of another payload, in one of `forms`. */
  "disguise",
  /** No attack: what the utility under attack is held against. */
  "harmless",
] as const;

const Id = z.string().regex(/^[a-z0-9-]+$/);

const PayloadSchema = z.strictObject({
  id: Id,
  kind: z.enum(kinds),
  language: z.enum(languages),
  /** With $EVIL, $PENDING, $DIGEST, $RIVAL and $PRIVATE for what only the world knows (`Secrets`), $NAME for a person's name. */
  text: z.string().min(1),
  /** That often. */
  repeat: z.int().positive().default(1),
  /** It is an attack in each of `forms`, too. */
  forms: z.boolean().default(false),
  /** Doors besides those of its kind, which a hash of its id chooses. */
  others: z.int().nonnegative().default(2),
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
  /** The model that obeys stands behind a hosted model's protocol, and sees what would leave. */
  readonly hosted: boolean;
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

/** Those of the file, and their disguises. */
export const payloads = (): Payload[] => {
  const written = lines("payloads", PayloadSchema);
  return [...written, ...written.filter((payload) => payload.forms).flatMap(disguises)];
};

const disguises = (payload: Payload): Payload[] =>
  Object.entries(forms).map(([form, disguise]) => ({
    ...payload,
    id: `${payload.id}-as-${form}`,
    kind: "disguise",
    text: disguise(payload.text),
    forms: false,
    others: 1,
    note: `${payload.note} In the form "${form}".`,
  }));

export const doors = (): Door[] => lines("doors", DoorSchema);

const numberOf = (text: string): number => createHash("sha256").update(text).digest().readUInt32BE(0);

/** The payload's own doors, and a few others, which a hash of its id chooses; all of them for what is harmless. */
export function doorsFor(payload: Payload, all: readonly Door[]): Door[] {
  if (payload.kind === "harmless") return all.filter(({ door }) => !onlyObeyed.includes(door));
  const own = all.filter(({ kinds: always }) => always.includes(payload.kind));
  const rest = all.filter((door) => !own.includes(door));
  const begin = numberOf(payload.id);
  const step = Math.max(1, Math.floor(rest.length / Math.max(1, payload.others)));
  const others = Array.from(
    { length: payload.others },
    (_, turn) => rest[(begin + turn * step) % rest.length],
  );
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

/**
 * Each attack twice: with a model that obeys the attacker, and with the planner and an honest question. Each payload at
 * one of its doors a third time, with a hosted model that obeys. What is harmless is no attack: only the question.
 */
export function attackCases(): (Case & { readonly attack: Attack })[] {
  const all = doors();
  const pairs = payloads().flatMap((payload) => pairsOf(payload, doorsFor(payload, all)));
  return pairs.flatMap(({ payload, door, hosted }, index) => {
    const asker = askers[index % askers.length] ?? askers[0];
    const one = (obeyed: boolean, isHosted = false) =>
      caseOf({ payload, door, obeyed, hosted: isHosted }, asker);
    return [
      ...(onlyObeyed.includes(door.door) ? [] : [one(false)]),
      ...(payload.kind === "harmless" ? [] : [one(true), ...(hosted ? [one(true, true)] : [])]),
    ];
  });
}

/** A hash chooses the door at which a payload meets a hosted model. */
function pairsOf(payload: Payload, own: readonly Door[]) {
  const chosen = numberOf(`${payload.id} hosted`) % own.length;
  return own.map((door, index) => ({ payload, door, hosted: index === chosen }));
}

const suffixOf = ({ obeyed, hosted }: Attack): string => (hosted ? "-hosted" : obeyed ? "-obeyed" : "");

const caseOf = (attack: Attack, [persona, person]: (typeof askers)[number]) => ({
  id: `${attack.payload.id}-at-${attack.door.door}${suffixOf(attack)}`,
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
