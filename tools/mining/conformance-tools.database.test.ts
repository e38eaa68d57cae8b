import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logs } from "../../db/schema/index.ts";
import { openTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { type MiningWorld, worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import { expectFactsToHold, expectWellFormed, type Reader } from "../../tests/fixtures/tool-results.ts";
import type { View } from "../define.ts";
import conformance from "./conformance.tool.ts";
import { bpmnOf } from "./core/bpmn.ts";
import { activityLeaf, sequence } from "./core/process-tree.ts";
import fourEyes from "./four-eyes.tool.ts";
import { findModel, listModels, storeModel } from "./model-store.ts";
import rulesCheck from "./rules-check.tool.ts";

const leaf = (name: string) => activityLeaf(name);
const reference = bpmnOf(sequence([leaf("create"), leaf("approve"), leaf("pay")])).xml;

/** 80 cases as they should be, of which 2 approve their own; 40 pay without approval, slower and dearer, in the north. */
function orders(): string {
  const rows = ["case,activity,timestamp,resource,team,region,order_value"];
  const add = (
    id: number,
    steps: readonly (readonly [string, number, string])[],
    region: string,
    value: number,
  ) => {
    for (const [step, hour, who] of steps)
      rows.push(
        `${id},${step},${new Date(Date.UTC(2026, 0, 1 + id, hour)).toISOString()},${who},${who === "cyd" ? "audit" : "sales"},${region},${value}`,
      );
  };
  for (let id = 1; id <= 120; id++) {
    if (id % 3 !== 0)
      add(
        id,
        [
          ["create", 1, "ann"],
          ["approve", 2, id < 3 ? "ann" : "cyd"],
          ["pay", 3, "bob"],
        ],
        "south",
        10,
      );
    else
      add(
        id,
        [
          ["create", 1, "ann"],
          ["pay", 9, "bob"],
        ],
        "north",
        100,
      );
  }
  return `${rows.join("\n")}\n`;
}

let database: TestDatabase;
let world: MiningWorld;
let context: MiningWorld["context"];
const run = (tool: Reader, input: unknown) => tool.execute(tool.input.parse(input), context);
let ids = 0;
const store = (name: string, document: string) =>
  storeModel({
    database: database.database,
    tenant: database.tenant,
    log: "log",
    name,
    document,
    person: "maya",
    newId: () => `model-${++ids}`,
  });

beforeAll(async () => {
  database = await openTestDatabase();
  world = await worldOfCsv(orders());
  context = { ...world.context, tenant: database.tenant, database: database.database };
  await database.database.insert(logs).values({
    id: "log",
    tenant: database.tenant,
    name: "sample",
    mapping: {},
    findings: [],
    vocabulary: {},
    cases: 120,
    events: 320,
    digest: "x",
  });
}, 60_000);
afterAll(async () => {
  await world.close();
  await database.close();
});

describe("conformance without a reference model", () => {
  it("holds cases against the most common paths, and says so", async () => {
    const result = await run(conformance, {});
    expectWellFormed(result);
    expect(result.data).toMatchObject({ model: null, agreement: null });
    expect(result.answer.assumptions.map(({ text }) => text).join()).toContain(
      "no reference model is uploaded",
    );
  });
});

describe("reference models", () => {
  it("are stored with their log, found by name or as the newest, and replaced under their name", async () => {
    const first = await store("should", bpmnOf(leaf("create")).xml);
    expect(first).toMatchObject({ name: "should", format: "bpmn", activities: ["create"] });
    await store("other", "->( 'create', 'pay' )");
    const again = await store("should", reference);
    expect(again).toMatchObject({ id: first.id, activities: ["create", "approve", "pay"] });
    const all = await listModels(database.database, database.tenant, "log");
    expect(all.map(({ name }) => name)).toEqual(["should", "other"]);
    expect((await findModel(database.database, database.tenant, "log"))?.name).toBe("should");
    expect((await findModel(database.database, database.tenant, "log", "other"))?.format).toBe("tree");
    expect(await listModels(database.database, "somebody-else", "log")).toEqual([]);
  });

  it("that cannot be read are refused with their name, and leave nothing", async () => {
    await expect(store("broken.bpmn", "<definitions><process></definitions>")).rejects.toMatchObject({
      code: "model-unreadable",
      details: { file: "broken.bpmn", line: 1 },
    });
    await expect(findModel(database.database, database.tenant, "log", "broken.bpmn")).rejects.toThrow(
      "no model",
    );
  });

  it("with a document type of their own are refused", async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><definitions>&a;</definitions>';
    await expect(store("bomb.bpmn", bomb)).rejects.toMatchObject({ code: "model-unreadable" });
  });
});

describe("conformance with a reference model", () => {
  it("gives fitness, deviations with time and money, marks in the BPMN, and attributes", async () => {
    const result = await run(conformance, { model: "should" });
    expectWellFormed(result);
    await expectFactsToHold(world, result.facts);
    // 40 of 120 cases skip a step of three; the worst alignment has 320 events and 120 runs of 3.
    expect(result.data).toMatchObject({
      fittingCases: 80,
      fitness: [1 - 40 / 680, 1 - 40 / 680],
      precision: 1,
      deviations: [
        {
          kind: "skipped",
          activity: "approve",
          cases: 40,
          share: 1 / 3,
          cycleTime: 28_800,
          conforming: 7200,
          money: 4000,
        },
      ],
    });
    const [bpmn, table, attributes] = result.views;
    expect(bpmn).toMatchObject({
      kind: "bpmn",
      marks: [{ kind: "deviation", label: "skipped in 33.3 % of cases" }],
    });
    expect(table).toMatchObject({ kind: "table", total: 1 });
    expect(attributes).toMatchObject({ kind: "table" });
    expect(JSON.stringify(attributes)).toContain("region");
  });

  it("says how far the mined model agrees with it", async () => {
    const { data } = await run(conformance, { model: "should" });
    // Mined: approval is optional. Reference: 7 relations; mined: these and pay directly after create.
    expect((data as { agreement: { score: number } }).agreement.score).toBeCloseTo(14 / 15, 12);
  });

  it("takes filters, and the same call gives the same figures", async () => {
    const filters = [{ kind: "activity", activities: ["approve"], mode: "any" }];
    const [one, two] = [
      await run(conformance, { model: "should", filters }),
      await run(conformance, { model: "should", filters }),
    ];
    expect(one.data).toMatchObject({ fittingCases: 80, fitness: [1, 1], deviations: [] });
    expect(two.facts.map(({ hash }) => hash)).toEqual(one.facts.map(({ hash }) => hash));
  });

  it("knows no model of another name", async () => {
    await expect(run(conformance, { model: "nowhere" })).rejects.toMatchObject({ code: "model-not-found" });
  });

  it("draws models of other formats, and marks their steps", async () => {
    await store("concurrent", "+( 'create', 'pay' )");
    const { views } = await run(conformance, { model: "concurrent" });
    expect(views[0]).toMatchObject({ kind: "bpmn", title: "concurrent", marks: [] });
    await store("with ship", "->( 'create', 'ship', 'pay' )");
    const [bpmn] = (await run(conformance, { model: "with ship" })).views;
    expect(bpmn).toMatchObject({ kind: "bpmn", marks: [{ label: "skipped in 100.0 % of cases" }] });
    const { marks, xml } = bpmn as Extract<View, { kind: "bpmn" }>;
    expect(xml).toContain(`id="${marks[0]!.element}"`);
  });
});

describe("rules on every case", () => {
  const cases: readonly (readonly [string, Reader, unknown, object])[] = [
    ["precedence", rulesCheck, { activities: ["approve", "pay"] }, { kept: 80, broken: 40, undecided: 0 }],
    ["response", rulesCheck, { activities: ["create", "approve"], kind: "follow" }, { kept: 80, broken: 40 }],
    ["always", rulesCheck, { activities: ["approve"] }, { kept: 80, broken: 40 }],
    ["never", rulesCheck, { activities: ["approve"], kind: "never" }, { kept: 40, broken: 80 }],
    [
      "a limit between two steps",
      rulesCheck,
      { activities: ["create", "pay"], threshold: 3 * 3600 },
      { kept: 80, broken: 40 },
    ],
    ["a limit for whole cases", rulesCheck, { threshold: 3 * 3600 }, { kept: 80, broken: 40 }],
    ["four eyes", fourEyes, { activities: ["create", "approve"] }, { kept: 78, broken: 2, undecided: 0 }],
  ];

  it.each(cases)(
    "%s: counts, facts that SQL gives again, and the cases",
    async (_, tool, input, expected) => {
      const result = await run(tool, input);
      expectWellFormed(result);
      expect(result.data).toMatchObject(expected);
      await expectFactsToHold(world, result.facts);
      expect(result.views.at(-1)).toMatchObject({
        kind: "table",
        total: (expected as { broken: number }).broken,
      });
    },
  );

  it("four eyes counts by team and names nobody", async () => {
    const result = await run(fourEyes, { activities: ["create", "approve"] });
    expect(result.data).toMatchObject({
      teams: [
        { team: "sales", kept: 0, broken: 2 },
        { team: "audit", kept: 78, broken: 0 },
      ],
    });
    expect(JSON.stringify(result)).not.toMatch(/\b(ann|bob|cyd)\b/);
  });

  it("asks which steps are meant", async () => {
    await expect(run(rulesCheck, {})).rejects.toMatchObject({ code: "no-rule" });
    await expect(run(fourEyes, { activities: ["create"] })).rejects.toMatchObject({
      code: "two-steps-needed",
    });
    await expect(run(rulesCheck, { activities: ["nowhere"] })).rejects.toMatchObject({
      code: "unknown-activity",
    });
  });
});
