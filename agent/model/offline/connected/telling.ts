/** What is said where no call can be made of it. */
import type { Message } from "../../../../tools/define.ts";
import type { Briefing, ConnectedParameter } from "../../provider.ts";
import { asks, line, type Spoken } from "../spoken.ts";
import type { PendingCall } from "../state.ts";
import type { IndexedOperation } from "./operations.ts";

const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(", ");

/** "priority (low, medium, high)". */
const described = ({ name, values }: ConnectedParameter): string =>
  values.length > 0 && values.length <= 8 ? `${name} (${values.join(", ")})` : name;

const connectedNow = ({ systems = [] }: Briefing): Message[] =>
  systems.length === 0
    ? [line("No system is connected yet."), line("An administrator imports an OpenAPI file to connect one.")]
    : [
        line("Connected are: {systems}.", { systems: list(systems.map(({ title }) => title)) }),
        line("An administrator imports an OpenAPI file to connect one."),
      ];

const overview = asks("which systems are connected?", "Ask instead: {example}");

export const notConnected = (system: string, briefing: Briefing): Spoken => ({
  say: "cannot",
  confidence: 0.9,
  said: {
    headline: line("{system} is not connected, so I can neither read nor do anything there.", {
      system: `"${system}"`,
    }),
    notes: connectedNow(briefing),
    next: overview,
  },
});

export function noneThatCan(briefing: Briefing): Spoken {
  const [first, ...rest] = connectedNow(briefing);
  const none = line("No connected system has an operation for that.");
  const isNone = (briefing.systems ?? []).length === 0;
  return {
    say: "cannot",
    confidence: 0.7,
    said: { headline: isNone ? first! : none, notes: isNone ? rest : [first!], next: overview },
  };
}

export const mayNot = (of: IndexedOperation): Spoken => ({
  say: "cannot",
  confidence: 0.9,
  said: {
    headline: line("{operation} changes something in {system}; your role may not ask for that.", {
      operation: `"${of.operation.id}"`,
      system: of.system.title,
    }),
    notes: [],
  },
});

export const whichOperation = (found: readonly IndexedOperation[], call: PendingCall): Spoken => {
  const systems = new Set(found.map(({ system }) => system));
  const names = found.map(({ system, operation }) =>
    systems.size > 1 ? `${operation.id} (${system.title})` : operation.id,
  );
  return {
    say: "clarify",
    confidence: 0.7,
    said: {
      headline: line("Several operations fit. Which one do you mean: {operations}?", {
        operations: list(names),
      }),
      readings: names.map((label, at) => ({ label, ask: found[at]!.operation.id, result: "" })),
      call,
    },
  };
};

export const stillNeeded = (
  of: IndexedOperation,
  missing: readonly ConnectedParameter[],
  call: PendingCall,
): Spoken => ({
  say: "clarify",
  confidence: 0.8,
  said: {
    headline: line("For {operation} in {system} I still need: {names}.", {
      operation: `"${of.operation.id}"`,
      system: of.system.title,
      names: missing.map(described).join(", "),
    }),
    call,
  },
});

export const whatToChange = (
  of: IndexedOperation,
  fields: readonly ConnectedParameter[],
  call: PendingCall,
): Spoken => ({
  say: "clarify",
  confidence: 0.8,
  said: {
    headline: line("What should be changed? {operation} in {system} takes: {names}.", {
      operation: `"${of.operation.id}"`,
      system: of.system.title,
      names: fields.map(described).join(", "),
    }),
    call,
  },
});

const longest = 120;
function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** What a change is proposed with, to be looked over. */
export const readFromWords = (values: ReadonlyMap<ConnectedParameter, unknown>): Message[] =>
  values.size === 0
    ? []
    : [
        line("Read from the words: {values}.", {
          values: [...values].map(([{ name }, value]) => `"${shown(value)}" (${name})`).join(", "),
        }),
      ];

/** "don't delete ticket 42". */
export const leftAlone = (): Spoken => ({
  say: "answer",
  confidence: 0.8,
  said: { headline: line("Then I leave it: nothing is proposed.") },
});
