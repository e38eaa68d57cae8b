/** Graders are code: they look at the reply's calls, proposals and facts, and only last at its words. */
import type { Reply } from "../agent/service.ts";
import type { Expectation } from "./case.ts";

/** What does not hold, in words; empty when all does. */
export function grade(reply: Reply, expected: Expectation): string[] {
  return [
    ...gradeCalls(reply, expected),
    ...gradeClarification(reply, expected),
    ...gradeWords(reply, expected),
    ...gradeFact(reply, expected),
  ];
}

function gradeCalls(reply: Reply, { calls = [], proposes = [], nothing }: Expectation): string[] {
  const called = reply.calls.map(({ tool }) => tool);
  const proposed = reply.proposals.map(({ tool }) => tool);
  const wrong = [
    ...calls
      .filter((tool) => !called.includes(tool))
      .map((tool) => `${tool} was not called (called: ${called.join(", ") || "nothing"})`),
    ...proposes
      .filter((tool) => !proposed.includes(tool))
      .map((tool) => `${tool} was not proposed (proposed: ${proposed.join(", ") || "nothing"})`),
  ];
  if (nothing && called.length + proposed.length > 0)
    wrong.push(`something was done: ${[...called, ...proposed].join(", ")}`);
  return wrong;
}

function gradeClarification(reply: Reply, { clarifies }: Expectation): string[] {
  if (clarifies === undefined || clarifies === (reply.clarification !== null)) return [];
  return [clarifies ? "it did not ask back" : `it asked back: ${reply.clarification?.question}`];
}

function gradeWords(reply: Reply, { says = [], neverSays = [] }: Expectation): string[] {
  const text = reply.reply.toLowerCase();
  return [
    ...says
      .filter((words) => !text.includes(words.toLowerCase()))
      .map((words) => `it does not say "${words}"`),
    ...neverSays.filter((words) => text.includes(words.toLowerCase())).map((words) => `it says "${words}"`),
  ];
}

function gradeFact(reply: Reply, { fact }: Expectation): string[] {
  if (!fact) return [];
  const same = reply.facts.filter(({ unit }) => unit === fact.unit);
  if (same.some(({ value }) => value >= fact.from && value <= fact.to)) return [];
  return [
    `no fact in ${fact.unit} between ${fact.from} and ${fact.to} (${same.map(({ value }) => value).join(", ") || "none"})`,
  ];
}
