import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ModelFileError } from "./core/models/errors.ts";
import { modelFile } from "./model-file.ts";

let folder = "";
const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "millwright-models-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const log = `case,activity,timestamp
1,a,2026-01-05T08:00:00Z
1,b,2026-01-05T09:00:00Z
2,a,2026-01-05T08:00:00Z
2,c,2026-01-05T09:00:00Z
3,a,2026-01-05T08:00:00Z
3,b,2026-01-05T09:00:00Z
`;

describe("the model of a file", () => {
  it("is mined from a log, all of it or its most common paths", async () => {
    const path = await file("log.csv", log);
    expect(await modelFile(path, { format: "tree" })).toMatchObject({
      text: "->( 'a', X( 'b', 'c' ) )\n",
      source: "log",
      soundness: { verdict: "sound" },
    });
    expect((await modelFile(path, { format: "tree", shown: 0.6 })).text).toBe("->( 'a', 'b' )\n");
  });

  it("is mined by the miner that is named, which may need starts", async () => {
    const steps = `case,activity,start,end
1,a,2026-01-05T08:00:00Z,2026-01-05T08:10:00Z
1,b,2026-01-05T09:00:00Z,2026-01-05T09:10:00Z
2,b,2026-01-05T08:00:00Z,2026-01-05T08:10:00Z
2,a,2026-01-05T09:00:00Z,2026-01-05T09:10:00Z
`;
    const path = await file("steps.csv", steps);
    const taken = await modelFile(path, { format: "tree", algorithm: "inductive-lifecycle" });
    expect(taken.text).toBe("<>( 'a', 'b' )\n");
    expect(taken.soundness).toMatchObject({ verdict: "sound" });
    expect((await modelFile(path, { format: "tree", algorithm: "inductive" })).text).toBe("+( 'a', 'b' )\n");
    const without = await modelFile(await file("log.csv", log), {
      format: "tree",
      algorithm: "inductive-lifecycle",
    });
    expect(without.notes.join(" ")).toContain("has no starts");
  });

  it("is the map of a log as a picture", async () => {
    const path = await file("log.csv", log);
    const { text, soundness } = await modelFile(path, { format: "svg", picture: "map" });
    expect(text).toContain("Start → a: 3");
    expect(soundness).toBeNull();
  });

  it("is converted from a model file, with a word on soundness", async () => {
    const stuck = await file(
      "stuck.bpmn",
      `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P"><startEvent id="s"/><exclusiveGateway id="x"/><task id="a" name="a"/><task id="b" name="b"/><parallelGateway id="y"/><endEvent id="e"/>
      ${["s>x", "x>a", "x>b", "a>y", "b>y", "y>e"].map((flow) => `<sequenceFlow id="${flow.replace(">", "_")}" sourceRef="${flow[0]}" targetRef="${flow[2]}"/>`).join("")}</process></definitions>`,
    );
    const found = await modelFile(stuck, { format: "pnml" });
    expect(found).toMatchObject({
      source: "bpmn",
      soundness: { verdict: "unsound", problem: "no-option-to-complete" },
    });
  });

  it("names the file that cannot be read", async () => {
    await expect(modelFile(join(folder, "none.pnml"), { format: "bpmn" })).rejects.toThrow(ModelFileError);
    const broken = await file("broken.pnml", "<pnml>");
    await expect(modelFile(broken, { format: "bpmn" })).rejects.toMatchObject({ details: { file: broken } });
  });
});
