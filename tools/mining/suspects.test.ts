import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MiningWorld, worldOfCsv } from "../../tests/fixtures/mining-context.ts";
import { expectFactsToHold } from "../../tests/fixtures/tool-results.ts";
import { generateSample } from "../logs/samples/generate.ts";
import rootCause from "./root-cause.tool.ts";

describe("attributes that are asked about as causes", () => {
  let world: MiningWorld;
  beforeAll(async () => {
    world = await worldOfCsv(generateSample("loan", { cases: 600 }).csv);
  });
  afterAll(() => world.close());

  const asked = (suspects: readonly string[]) =>
    rootCause.execute({ filters: [], metric: "cycle_time", suspects: [...suspects] } as never, world.context);

  it("are the only ones that are told, and their figures hold", async () => {
    const { data, facts } = await asked(["branch"]);
    for (const { feature } of data.features) expect(feature).toMatchObject({ attribute: "branch" });
    await expectFactsToHold(world, facts);
  });

  it("are said to separate nothing where they do not", async () => {
    const open = await rootCause.execute({ filters: [], metric: "cycle_time" } as never, world.context);
    const found = new Set(
      open.data.features.map(({ feature }) => "attribute" in feature && feature.attribute),
    );
    const [idle] = [...world.open.log.caseAttributes.keys()].filter((name) => !found.has(name));
    const { data, answer } = await asked([idle!]);
    expect(data.features).toEqual([]);
    expect(answer?.headline).toMatchObject({
      text: "No value of {attributes} separates cases by {measure} beyond chance.",
      values: { attributes: idle },
    });
  });

  it("must be attributes of the cases", async () => {
    await expect(asked(["weather"])).rejects.toMatchObject({ code: "unknown-suspect" });
  });
});
