/** A thread as an eval case: what was said, and what came of it as the expectation. Pure. */
import { createHash } from "node:crypto";
import { type Scrubbed, scrub } from "./scrub.ts";

/** A turn of a thread as it is recorded. */
export interface RecordedTurn {
  readonly say: string;
  readonly language: string;
  readonly calls: readonly { readonly tool: string; readonly input: unknown }[];
  readonly proposes: readonly string[];
  readonly clarifies: boolean;
}

export interface ThreadToSave {
  readonly thread: string;
  readonly role: string;
  readonly log: string | null;
  readonly turns: readonly RecordedTurn[];
  /** Names of people that must not be in the case. */
  readonly names: readonly string[];
}

export interface DraftedCase {
  /** One line of a suite's cases.jsonl, but for `review`, which no suite takes: a person removes it. */
  readonly case: Readonly<Record<string, unknown>>;
  readonly removed: Readonly<Record<string, number>>;
}

/** Sample people stand in for real ones. */
const personas: Readonly<Record<string, readonly [persona: string, person: string]>> = {
  manager: ["manager", "maya"],
  analyst: ["analyst", "arun"],
  approver: ["approver", "ana"],
  evaluator: ["evaluator", "eli"],
  admin: ["admin", "dev"],
};

export function caseOfThread({ thread, role, log, turns, names }: ThreadToSave): DraftedCase {
  const [persona, person] = personas[role] ?? (personas["manager"] as readonly [string, string]);
  const scrubbed = turns.map((turn) => scrubTurn(turn, names));
  return {
    case: {
      id: `thread-${createHash("sha256").update(thread).digest("hex").slice(0, 8)}`,
      persona,
      language: turns[0]?.language ?? "en",
      capability: "follow-up",
      risk: turns.some(({ proposes }) => proposes.length > 0) ? "act" : "read",
      person,
      ...(log === null ? {} : { log }),
      turns: scrubbed.map(({ turn }) => turn),
      note: "Saved from a thread: say here why this case is there.",
      review: "Check names, numbers and what is expected; choose the capability; then remove this line.",
    },
    removed: total(scrubbed.map(({ removed }) => removed)),
  };
}

function scrubTurn(turn: RecordedTurn, names: readonly string[]) {
  const said = scrub(turn.say, names);
  const calls = scrubJson(turn.calls, names);
  return {
    turn: {
      say: said.text,
      expect: {
        ...(turn.calls.length > 0 ? { calls: calls.value } : {}),
        proposes: turn.proposes,
        clarifies: turn.clarifies,
      },
    },
    removed: total([said.removed, calls.removed]),
  };
}

function scrubJson(
  value: unknown,
  names: readonly string[],
): { value: unknown; removed: Scrubbed["removed"] } {
  const removed: Scrubbed["removed"][] = [];
  const scrubbed: unknown = JSON.parse(JSON.stringify(value), (_key, item: unknown) => {
    if (typeof item !== "string") return item;
    const result = scrub(item, names);
    removed.push(result.removed);
    return result.text;
  });
  return { value: scrubbed, removed: total(removed) };
}

function total(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [kind, count] of counts.flatMap(Object.entries)) sum[kind] = (sum[kind] ?? 0) + Number(count);
  return sum;
}
