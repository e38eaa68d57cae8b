import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, worldOfCsv } from "../../../../tests/fixtures/mining-context.ts";
import { traces } from "../../../../tests/fixtures/tiny-log.ts";
import { ruleSql } from "./rule-sql.ts";
import { BROKEN, checkRule, KEPT, OUTSIDE, type Rule, UNDECIDED } from "./rules.ts";

const verdicts = (rule: Rule, ...words: string[]) => [...checkRule(traces(...words), rule).verdicts];

describe("rules on cases without times", () => {
  it("precedence: no second step without the first before it", () => {
    expect(verdicts({ kind: "before", first: "a", second: "b" }, "ab", "ba", "b", "a", "bab", "abb")).toEqual(
      [KEPT, BROKEN, BROKEN, OUTSIDE, BROKEN, KEPT],
    );
  });
  it("response: after every first step a second one", () => {
    expect(verdicts({ kind: "follow", first: "a", second: "b" }, "ab", "aba", "b", "aab", "ba")).toEqual([
      KEPT,
      BROKEN,
      OUTSIDE,
      KEPT,
      BROKEN,
    ]);
  });
  it("always and never", () => {
    expect(verdicts({ kind: "always", first: "a" }, "ab", "b")).toEqual([KEPT, BROKEN]);
    expect(verdicts({ kind: "never", first: "a" }, "ab", "b")).toEqual([BROKEN, KEPT]);
    expect(verdicts({ kind: "never", first: "z" }, "ab")).toEqual([KEPT]);
  });
  it("cannot say anything about time or people that the log does not have", () => {
    expect(verdicts({ kind: "within", first: "a", second: "b", seconds: 1 }, "ab", "b")).toEqual([
      UNDECIDED,
      OUTSIDE,
    ]);
    expect(verdicts({ kind: "four-eyes", first: "a", second: "b" }, "ab")).toEqual([UNDECIDED]);
  });
});

/** Cases of a few events with times and people, some of them missing. */
const events = fc.array(
  fc.record({
    case: fc.constantFrom("1", "2", "3", "4", "5"),
    activity: fc.constantFrom("a", "b", "c", "it's"),
    at: fc.nat(500),
    who: fc.constantFrom("ann", "bob", ""),
  }),
  { minLength: 1, maxLength: 30 },
);

const rules = fc.oneof(
  fc.record({
    kind: fc.constantFrom("before" as const, "follow" as const, "four-eyes" as const),
    first: fc.constantFrom("a", "b", "it's"),
    second: fc.constantFrom("c", "a", "nowhere"),
  }),
  fc.record({
    kind: fc.constantFrom("always" as const, "never" as const),
    first: fc.constantFrom("a", "it's", "nowhere"),
  }),
  fc.record({
    kind: fc.constant("within" as const),
    first: fc.constantFrom("a", "b", null),
    second: fc.constantFrom("c", "a", null),
    seconds: fc.nat(300),
  }),
);

describe("typed arrays and SQL give the same verdicts", () => {
  it("on any small log", async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.array(rules, { minLength: 5, maxLength: 8 }), async (rows, asked) => {
        const lines = rows.map(
          (row) => `${row.case},${row.activity},${new Date(row.at * 1000).toISOString()},${row.who}`,
        );
        const world = await worldOfCsv(`case,activity,timestamp,resource\n${lines.join("\n")}\n`);
        try {
          for (const rule of asked) {
            const { kept, broken, undecided } = checkRule(world.open.log, rule);
            const found = await world.open.query(
              `select verdict, count(*) as n from ${ruleSql(rule)} group by verdict`,
            );
            const counts = Object.fromEntries(found.rows.map(([verdict, n]) => [String(verdict), Number(n)]));
            expect({ kept: 0, broken: 0, undecided: 0, ...counts }, JSON.stringify(rule)).toEqual({
              kept,
              broken,
              undecided,
            });
          }
        } finally {
          await world.close();
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe("rules about time and people", () => {
  let world: MiningWorld;
  beforeAll(async () => {
    world = await worldOfCsv(
      [
        "case,activity,timestamp,resource",
        "1,create,2026-01-01T00:00:00Z,ann",
        "1,approve,2026-01-01T01:00:00Z,ann",
        "2,create,2026-01-01T00:00:00Z,ann",
        "2,approve,2026-01-01T03:00:00Z,bob",
        "3,create,2026-01-01T00:00:00Z,ann",
        "3,approve,2026-01-01T00:30:00Z,",
        "4,create,2026-01-01T00:00:00Z,ann",
        "",
      ].join("\n"),
    );
  });
  afterAll(() => world.close());

  it("four eyes: the same person is a breach, an unknown one is not decided", () => {
    const { verdicts: found } = checkRule(world.open.log, {
      kind: "four-eyes",
      first: "create",
      second: "approve",
    });
    expect([...found]).toEqual([BROKEN, KEPT, UNDECIDED, OUTSIDE]);
  });

  it("a limit between two steps, from the case's start, to its end", () => {
    const limit = (first: string | null, second: string | null, seconds: number) => [
      ...checkRule(world.open.log, { kind: "within", first, second, seconds }).verdicts,
    ];
    expect(limit("create", "approve", 3600)).toEqual([KEPT, BROKEN, KEPT, UNDECIDED]);
    expect(limit(null, "approve", 3599)).toEqual([BROKEN, BROKEN, KEPT, UNDECIDED]);
    expect(limit("create", null, 3600)).toEqual([KEPT, BROKEN, KEPT, KEPT]);
  });
});
