import { describe, expect, it } from "vitest";
import {
  afterDecisions,
  changedSteps,
  changeStep,
  countSteps,
  declaredPlan,
  emptyPlan,
  type PlannedStep,
  type RunPlan,
  readySteps,
  rerunSteps,
  type StepState,
  skipOrphans,
  stepsAwaitingDecision,
  stopSteps,
  withCalls,
} from "./plan.ts";
import { narrowedTo, steer } from "./steering.ts";
import { closingWords } from "./words.ts";

const chain: readonly PlannedStep[] = [
  { id: "where", tool: "a.where", title: "Where" },
  { id: "draft", tool: "a.draft", title: "Draft", after: ["where"] },
  { id: "try", tool: "a.try", title: "Try", dependsOn: ["draft"] },
  { id: "propose", tool: null, title: "Propose", dependsOn: ["draft"], after: ["try"] },
  { id: "later", tool: "a.where", title: "Later", onceDecided: "propose" },
];
const plan = (states: Readonly<Record<string, StepState>> = {}): RunPlan =>
  Object.entries(states).reduce(
    (so, [id, state]) => changeStep(so, id, { state }),
    declaredPlan(chain, "en"),
  );
const ids = (steps: readonly { readonly id: string }[]) => steps.map(({ id }) => id);
const states = ({ steps }: RunPlan) => Object.fromEntries(steps.map(({ id, state }) => [id, state]));

describe("which steps may begin", () => {
  it.each([
    [{}, ["where"]],
    [{ where: "running" }, []],
    [{ where: "done" }, ["draft"]],
    [{ where: "failed" }, ["draft"]],
    [{ where: "done", draft: "done" }, ["try"]],
    [{ where: "done", draft: "done", try: "skipped" }, ["propose"]],
    [{ where: "done", draft: "done", try: "done", propose: "done" }, []],
  ] as const)("after %j: %j", (ended, wanted) => {
    expect(ids(readySteps(plan(ended)))).toEqual(wanted);
  });
});

describe("a step", () => {
  it("that has ended stays as it ended", () => {
    expect(states(changeStep(plan({ where: "failed" }), "where", { state: "done" }))["where"]).toBe("failed");
  });

  it("whose needed result will never come is skipped, with all that need it", () => {
    const left = skipOrphans(plan({ where: "done", draft: "failed" }), ({ title }) => `needs ${title}`);
    expect(states(left)).toMatchObject({ try: "skipped", propose: "skipped", later: "waiting" });
    expect(left.steps[2]!.note).toBe("needs Draft");
  });

  it("that was running begins again after a restart, and no other does", () => {
    expect(states(rerunSteps(plan({ where: "done", draft: "running" })))).toMatchObject({
      where: "done",
      draft: "waiting",
    });
  });

  it("that was not begun is stopped with the others, and what is done stays done", () => {
    const stopped = stopSteps(plan({ where: "done", draft: "running" }), "enough");
    expect(countSteps(stopped)).toEqual({
      waiting: 0,
      running: 0,
      done: 1,
      failed: 0,
      skipped: 0,
      stopped: 4,
    });
  });
});

describe("a decision", () => {
  const proposed = changeStep(plan({ where: "done", draft: "done", try: "done" }), "propose", {
    state: "done",
    proposals: ["p1"],
  });

  it("is waited for by the steps that come after the change, once it is proposed", () => {
    expect(ids(stepsAwaitingDecision(plan()))).toEqual([]);
    expect(ids(stepsAwaitingDecision(proposed))).toEqual(["later"]);
    expect(readySteps(proposed)).toEqual([]);
  });

  it("lets them begin when the change was carried out", () => {
    expect(
      ids(
        readySteps(
          afterDecisions(
            proposed,
            () => "executed",
            () => "no",
          ),
        ),
      ),
    ).toEqual(["later"]);
  });

  it.each(["rejected", "expired", "superseded", "failed"])("leaves them out when it was %s", (state) => {
    const left = afterDecisions(
      proposed,
      () => state,
      (_, why) => why,
    );
    expect(left.steps.at(-1)).toMatchObject({ state: "skipped", note: state });
  });
});

describe("calls that no plan announced", () => {
  it("are steps that come after all that are there", () => {
    const first = withCalls(
      emptyPlan("en"),
      [
        { id: "c1", tool: "a.b" },
        { id: "c2", tool: "a.c" },
      ],
      (tool) => tool,
    );
    const second = withCalls(first, [{ id: "c3", tool: "a.d" }], (tool) => tool);
    expect(second.steps.map(({ id, after }) => ({ id, after }))).toEqual([
      { id: "c1", after: [] },
      { id: "c2", after: [] },
      { id: "c3", after: ["c1", "c2"] },
    ]);
  });

  it("belong to the step whose id they carry", () => {
    const calls = [
      { id: "where", tool: "a.where" },
      { id: "where.2", tool: "a.where" },
    ];
    expect(withCalls(plan(), calls, (tool) => tool)).toEqual(plan());
  });
});

describe("words that steer", () => {
  it("leave out what has not begun, and nothing else", () => {
    const left = steer(
      plan({ where: "done", draft: "running" }),
      { kind: "skip", words: "no", steps: ["where", "draft", "try"] },
      (words) => words,
    );
    expect(states(left)).toMatchObject({ where: "done", draft: "running", try: "skipped" });
  });

  it("add up to the filters of the steps that begin later", () => {
    const once = steer(
      plan(),
      { kind: "narrow", words: "only DE", filters: [{ kind: "a" }] },
      (words) => words,
    );
    const twice = steer(
      once,
      { kind: "narrow", words: "only May", filters: [{ kind: "b" }] },
      (words) => words,
    );
    expect(narrowedTo(twice)).toEqual([{ kind: "a" }, { kind: "b" }]);
  });
});

describe("the account at the end", () => {
  it("says what was done, what was not and why", () => {
    const ended = stopSteps(
      skipOrphans(plan({ where: "done", draft: "failed" }), () => "It needs it."),
      "Stopped.",
    );
    expect(closingWords(ended)).toBe(
      "Done: Where.\nNot done:\n- Draft: It was not begun.\n- Try: It needs it.\n- Propose: It needs it.\n- Later: Stopped.",
    );
  });

  it("is in the plan's language", () => {
    expect(closingWords({ ...plan({ where: "done" }), language: "de" })).toContain(
      "Erledigt: Where.\nNicht erledigt:",
    );
  });
});

it("tells only of steps that are not as they were", () => {
  expect(ids(changedSteps(plan(), plan({ where: "done" })))).toEqual(["where"]);
});
