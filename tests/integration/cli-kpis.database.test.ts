/** `--kpis` over the real command line, held against a count of its own on the same rows. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, temporaryFolder } from "./cli-process.ts";

const hour = 3_600_000;
const begin = Date.UTC(2026, 0, 5);
interface Row {
  readonly order: string;
  readonly step: string;
  readonly begun: number;
  readonly done: number;
  readonly due: number;
}

/** Orders that wait longer and longer for their approval; every third is sent back once. */
function rowsOf(index: number): Row[] {
  const [order, due] = [`order ${index}`, begin + (index + 40) * hour];
  const row = (step: string, begun: number, done: number): Row => ({
    order,
    due,
    step,
    begun: begin + (index + begun) * hour,
    done: begin + (index + done) * hour,
  });
  const approval = 2 + index;
  const again = index % 3 === 0 ? [row("Send back", approval + 1, approval + 2)] : [];
  return [
    row("Create", 0, 1),
    row("Approve", approval, approval + 1),
    ...again,
    row("Ship", approval + 5, approval + 6),
  ];
}

const rows = Array.from({ length: 60 }, (_, index) => rowsOf(index)).flat();
const cases = [...Map.groupBy(rows, ({ order }) => order).values()];
const took = (own: readonly Row[]) =>
  (Math.max(...own.map(({ done }) => done)) - Math.min(...own.map(({ begun }) => begun))) / 1_000;
const toReach = (own: readonly Row[], steps: readonly string[]) => {
  const reached = own.filter(({ step }) => steps.includes(step)).map(({ done }) => done);
  return reached.length === 0
    ? null
    : (Math.min(...reached) - Math.min(...own.map(({ begun }) => begun))) / 1_000;
};
const waits = (own: readonly Row[], wanted: readonly string[]) =>
  own.flatMap(({ step, begun }, index) =>
    index > 0 && wanted.includes(step)
      ? [(begun - Math.max(...own.map(({ done }) => done).filter((done) => done <= begun))) / 1_000]
      : [],
  );
const over = (values: readonly (number | null)[], limit: number) =>
  values.filter((value) => value !== null && value > limit).length;

const day = 86_400;
const kpis = [
  { name: "A wait", metric: "waiting_time", activity: ["Approve", "Ship"], limit: 7_200 },
  { name: "Another log", log: "loans", metric: "cycle_time", limit: 1 },
  { name: "Delivery", log: "orders", metric: "cycle_time", limit: 2 * day },
  { name: "Due date", metric: "cycle_time", deadline: "due" },
  { name: "First answer", metric: "time_to", activity: ["Send back", "Ship"], limit: day },
  { name: "Late share", metric: "error_rate", deadline: "due" },
  { name: "Nowhere", metric: "time_to", activity: "Teleport", limit: 1 },
  { name: "Shipped", metric: "time_to", activity: "Ship", limit: 1.5 * day },
  { name: "Volume", metric: "throughput" },
];
const lateByDueDate = cases.filter((own) => Math.max(...own.map(({ done }) => done)) > own[0]!.due).length;
const counted: Readonly<Record<string, number>> = {
  "A wait": over(
    cases.flatMap((own) => waits(own, ["Approve", "Ship"])),
    7_200,
  ),
  Delivery: over(cases.map(took), 2 * day),
  "Due date": lateByDueDate,
  "First answer": over(
    cases.map((own) => toReach(own, ["Send back", "Ship"])),
    day,
  ),
  "Late share": lateByDueDate,
  Shipped: over(
    cases.map((own) => toReach(own, ["Ship"])),
    1.5 * day,
  ),
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  const iso = (time: number) => new Date(time).toISOString();
  const lines = rows.map((row) =>
    [row.order, row.step, iso(row.begun), iso(row.done), iso(row.due)].join(","),
  );
  await writeFile(join(folder.path, "orders.csv"), `order,step,start,end,due\n${lines.join("\n")}\n`);
  await writeFile(join(folder.path, "kpis.json"), JSON.stringify(kpis));
});
afterAll(() => folder.remove());

async function json(...words: string[]) {
  const { code, out, error } = await cli([...words, "--json"], { cwd: folder.path });
  expect({ code, error }).toEqual({ code: 0, error: "" });
  return JSON.parse(out);
}

describe("KPIs from a file", () => {
  it("raise an alert each in a run, with the right count, and say what cannot be measured", async () => {
    const { alerts } = await json("run", "orders.csv", "--kpis", "kpis.json");
    const breaches = alerts.filter(({ state }: { state: string }) => state === "breach");
    const found = breaches.map(({ kpi, breaches }: { kpi: string; breaches: number }) => [kpi, breaches]);
    expect(Object.fromEntries(found)).toEqual(counted);
    expect(Object.values(counted).every((count) => count > 0 && count < rows.length)).toBe(true);
    expect(alerts.find(({ kpi }: { kpi: string }) => kpi === "Nowhere")).toMatchObject({
      state: "unknown",
      reason: expect.stringContaining("Teleport"),
    });
    expect(alerts).toHaveLength(Object.keys(counted).length + 1);
  });

  it.each([
    ["how many cases breach the SLA?", "Delivery"],
    ["how many cases breach the SLA for Ship?", "Shipped"],
  ])("say what late means: %s", async (question, kpi) => {
    const reply = await json("ask", question, "--kpis", "kpis.json", "--log", "orders.csv");
    expect(reply.calls).toMatchObject([{ tool: "kpi.query", input: { kpi } }]);
    expect(reply.facts[0]).toMatchObject({ value: counted[kpi], unit: "cases" });
    expect(reply.reply).toContain(`${counted[kpi]} cases`);
  });
});
