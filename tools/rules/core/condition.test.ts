import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, worldOfCsv } from "../../../tests/fixtures/mining-context.ts";
import { stepTable } from "../../kpi/core/steps.ts";
import { generateSample } from "../../logs/samples/generate.ts";
import { type Condition, type Literal, type Operand, printCondition } from "./condition.ts";
import { hitCasesSql } from "./condition-sql.ts";
import { compileCondition } from "./evaluate-condition.ts";
import { parseCondition } from "./parse-condition.ts";
import { checkCondition, schemaOf } from "./schema.ts";
import { replayRule } from "./track-record.ts";

const name = fc.oneof(
  fc.constantFrom("order_value", "and", "Waiting", "länge", "a b", "x`y"),
  fc.string({ minLength: 1 }),
);
const operand: fc.Arbitrary<Operand> = fc.oneof(
  name.map((own) => ({ kind: "attribute" as const, name: own })),
  fc.record({
    kind: fc.constant("measure" as const),
    measure: fc.constantFrom("waiting" as const, "service" as const, "elapsed" as const, "count" as const),
    activity: fc.option(fc.string({ minLength: 1 }), { nil: null }),
  }),
);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
const literal: fc.Arbitrary<Literal> = fc.oneof(
  finite.map((value) => ({ kind: "number" as const, value })),
  fc.oneof(fc.nat(), finite).map((seconds) => ({ kind: "duration" as const, seconds })),
  fc.string().map((value) => ({ kind: "text" as const, value })),
  fc.boolean().map((value) => ({ kind: "boolean" as const, value })),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    fc.record({
      kind: fc.constant("compare" as const),
      operand,
      comparator: fc.constantFrom(
        "=" as const,
        "!=" as const,
        ">" as const,
        ">=" as const,
        "<" as const,
        "<=" as const,
      ),
      literal,
    }),
    fc.record({
      kind: fc.constant("in" as const),
      operand,
      literals: fc.array(literal, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant("missing" as const), operand }),
    fc.record({ kind: fc.constant("not" as const), condition: tie("condition") }),
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      conditions: fc.array(tie("condition"), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

describe("the text of a condition", () => {
  it("is read back as it was printed", () => {
    fc.assert(
      fc.property(condition, (own) => {
        expect(parseCondition(printCondition(own))).toEqual(own);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["order_value >", 13],
    ["order_value 500", 12],
    ['waiting("a" > 2h', 12],
    ["(a = 1", 6],
    ["a = 1 b", 6],
    ["", 0],
  ])("that makes no sense is refused where it stops making sense: %s", (text, at) => {
    expect(() => parseCondition(text)).toThrow(`character ${at + 1}`);
  });
});

describe("a condition on a log", () => {
  let world: MiningWorld;
  beforeAll(async () => {
    world = await worldOfCsv(generateSample("order-to-cash", { cases: 200 }).csv);
  });
  afterAll(() => world.close());

  it.each([
    "order_value > 500",
    "order_delay > 2h",
    'country = "Germany" and waiting("Credit check") > 2h',
    'not (country in ("Germany", "France")) or order_value <= 100',
    'count("Pick goods") > 1',
    'count("Pick goods") = 1 and elapsed() < 1d',
    'elapsed("Ship order") > 3d',
    'service("Credit check") > 30min',
    'resource = "Ines Adler"',
    'activity = "Ship order" and waiting() >= 2h',
    "promised_date is missing",
    'promised_date < "2026-05-01"',
    "order_value != 500 and not order_value < 700",
  ])("hits the same cases in SQL as in typed arrays: %s", async (text) => {
    const { log } = world.open;
    const parsed = parseCondition(text);
    const own = replayRule(log, parsed).cases.map((index) => log.caseNames[index]!);
    const { rows } = await world.open.query(hitCasesSql(parsed, schemaOf(log)));
    expect(rows.map(([id]) => id).sort()).toEqual([...own].sort());
  });

  it("sees only what was known at the decision point", () => {
    const { log } = world.open;
    const compiled = compileCondition(parseCondition('count("Ship order") >= 1'), {
      log,
      steps: stepTable(log),
      schema: schemaOf(log),
    });
    const index = replayRule(log, parseCondition('count("Ship order") >= 1')).cases[0]!;
    const shipped = log.activities.indexOf("Ship order");
    const at = log.activity.indexOf(shipped, log.caseStart[index]!);
    expect(compiled({ case: index, end: at })).toBe(false);
    expect(compiled({ case: index, end: at + 1 })).toBe(true);
    expect(compiled({ case: index, end: log.caseStart[index]! })).toBe(false);
  });

  it("names what is nearest to an unknown attribute or activity", () => {
    const schema = schemaOf(world.open.log);
    expect(() => checkCondition(parseCondition("order_valu > 1"), schema)).toThrow("order_valu");
    expect(() => checkCondition(parseCondition('waiting("Credit chek") > 1h'), schema)).toThrowError(
      expect.objectContaining({ nearest: expect.arrayContaining(["Credit check"]) }),
    );
    expect(() => checkCondition(parseCondition('order_value = "high"'), schema)).toThrow(
      "cannot be compared",
    );
  });
});
