import { describe, expect, it } from "vitest";
import { caseOfThread } from "../tools/evals/core/case-of-thread.ts";
import { suitesOfATurn } from "../tools/evals/run.tool.ts";
import { CaseSchema } from "./case.ts";
import { suites } from "./suites.ts";

describe("a case that was saved from a thread", () => {
  const drafted = caseOfThread({
    thread: "t",
    role: "manager",
    log: "loan",
    turns: [
      {
        say: "where do we wait?",
        language: "en",
        calls: [{ tool: "a.b", input: {} }],
        proposes: [],
        clarifies: false,
      },
    ],
    names: [],
  }).case;

  it("is taken by no suite before a person has reviewed it", () => {
    expect(CaseSchema.safeParse(drafted).success).toBe(false);
  });

  it("is one of a suite without its review", () => {
    const { review: _, ...reviewed } = drafted;
    expect(CaseSchema.safeParse(reviewed)).toMatchObject({ success: true });
  });
});

it("suites that a conversation may run are there", () => {
  expect(suitesOfATurn.filter((suite) => !suites.includes(suite))).toEqual([]);
});
