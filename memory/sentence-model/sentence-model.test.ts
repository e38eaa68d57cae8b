import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import told from "../fixtures/sentence-model/vectors.json" with { type: "json" };
import { type LocalEmbedder, openSentenceModel } from "./open.ts";
import { batchOf, pooled } from "./pooling.ts";

const fixture = fileURLToPath(new URL("../fixtures/sentence-model", import.meta.url));
const texts = told.map(({ text }) => text);
/** Single precision through one layer. */
const tolerance = 2e-6;

const farthest = (found: readonly Float32Array[]): number =>
  Math.max(
    ...told.flatMap(({ vector }, row) => vector.map((value, at) => Math.abs(value - found[row]![at]!))),
  );

let folder: string;
let model: LocalEmbedder;
const opened: LocalEmbedder[] = [];
const open = async (...given: Parameters<typeof openSentenceModel>) => {
  const made = await openSentenceModel(...given);
  opened.push(made);
  return made;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sentence-model-"));
  model = await openSentenceModel(fixture);
}, 60_000);
afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));
afterAll(async () => {
  await model.close();
  await rm(folder, { recursive: true });
});

const copied = async (name: string, without: readonly string[] = []): Promise<string> => {
  const path = join(folder, name);
  await cp(fixture, path, { recursive: true });
  for (const each of without) await rm(join(path, each));
  return path;
};

describe("a sentence model of this machine", () => {
  it("gives the vectors that the encoder gives in numpy, with the tokens of the tokenizers library, batched and padded", async () => {
    expect(model.dimensions).toBe(8);
    expect(farthest(await model.embed(texts))).toBeLessThan(tolerance);
  });

  it("gives a text the same vector alone, in a batch and among many", async () => {
    const alone = await Promise.all(texts.map(async (text) => (await model.embed([text]))[0]!));
    expect(farthest(alone)).toBeLessThan(tolerance);
    const many = await model.embed(Array.from({ length: 5 }, () => texts).flat());
    expect(many).toHaveLength(5 * texts.length);
    expect(farthest(many.slice(3 * texts.length))).toBeLessThan(tolerance);
  });

  it("gives vectors of length 1, and none for no texts", async () => {
    const found = await model.embed(texts);
    for (const vector of found) expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
    expect(await model.embed([])).toEqual([]);
  });

  it("reads a vocabulary of word pieces where there is no tokenizer.json, to the same vectors", async () => {
    const made = await open(await copied("vocabulary", ["tokenizer.json"]));
    expect(farthest(await made.embed(texts))).toBeLessThan(tolerance);
  });

  it("is another space than a model with other files, and the same under another name of its folder", async () => {
    const moved = await open(await copied("moved"));
    const other = await copied("first-token");
    await cp(join(fixture, "config.json"), join(other, "sentence_bert_config.json"));
    await writeFile(join(other, "vocab.txt"), "");
    await cp(fixture, join(other, "1_Pooling"), { recursive: true });
    await writeFile(join(other, "1_Pooling/config.json"), `{"pooling_mode_cls_token":true}`);
    const first = await open(other);
    expect(moved.name).toBe(model.name);
    expect(first.name).not.toBe(model.name);
    expect(farthest(await first.embed(texts))).toBeGreaterThan(0.05);
  });

  it("leaves the process answering while it works", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await model.embed(Array.from({ length: 2000 }, (_, at) => `late order ${at}`));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(5);
  });

  it("stops waiting when the asker does, and answers the next", async () => {
    const stopped = model.embed(texts, AbortSignal.abort(new Error("no longer wanted")));
    await expect(stopped).rejects.toThrow("no longer wanted");
    expect(farthest(await model.embed(texts))).toBeLessThan(tolerance);
  });

  it("fails what waits when it is closed", async () => {
    const made = await open(fixture);
    const waits = made.embed(Array.from({ length: 5000 }, () => "late order"));
    const failed = expect(waits).rejects.toThrow("is closed");
    await made.close();
    await failed;
    await expect(made.embed(["late"])).rejects.toThrow("is closed");
  });
});

describe("a folder that is no sentence model is refused, saying", () => {
  const refused = (path: string, options?: { dimensions: number }) =>
    expect(openSentenceModel(path, options)).rejects;

  it("that it is not there", () => refused(join(folder, "nowhere")).toThrow(/nowhere is not there/));

  it("which file is missing", async () => {
    await refused(await copied("no-model", ["model.onnx"])).toThrow(/lacks model\.onnx/);
    const bare = await copied("no-tokenizer", ["tokenizer.json", "vocab.txt"]);
    await refused(bare).toMatchObject({ details: { expected: "tokenizer.json, or vocab.txt" } });
  });

  it("that its files are not what they should be", async () => {
    const broken = await copied("broken");
    await writeFile(join(broken, "model.onnx"), "not a model");
    await refused(broken).toThrow(/cannot be loaded/);
    await cp(join(fixture, "model.onnx"), join(broken, "model.onnx"));
    await writeFile(join(broken, "tokenizer.json"), "{");
    await refused(broken).toThrow(/tokenizer\.json is not the JSON/);
    await rm(join(broken, "tokenizer.json"));
    await writeFile(join(broken, "vocab.txt"), "late\norder\n");
    await refused(broken).toThrow(/lacks the pieces \[PAD\]/);
  });

  it("which dimensions it has, where others are asked for", () =>
    refused(fixture, { dimensions: 384 }).toThrow(/vectors of 8 numbers where 384 are asked for/));

  it("which inputs it takes, where they are not a sentence model's", async () => {
    const other = await copied("inputs");
    const bytes = Buffer.from(
      await import("node:fs").then(({ readFileSync }) => readFileSync(join(fixture, "model.onnx"))),
    );
    const renamed = Buffer.from(bytes.toString("latin1").replaceAll("input_ids", "pixel_ids"), "latin1");
    await writeFile(join(other, "model.onnx"), renamed);
    await refused(other).toThrow(/takes the inputs pixel_ids/);
  });
});

describe("pooling", () => {
  it("cuts what is too long but keeps its closing token, and pads to the longest", () => {
    const batch = batchOf(
      [
        [1, 5, 6, 7, 2],
        [1, 2],
      ],
      4,
      9,
    );
    expect([...batch.ids].map(Number)).toEqual([1, 5, 6, 2, 1, 2, 9, 9]);
    expect([...batch.mask].map(Number)).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
  });

  it("leaves padding out of the mean, and gives no vector where there is no direction", () => {
    const batch = batchOf([[1, 2], [1]], 4, 0);
    const layer = Float32Array.from([3, 0, 3, 8, 0, 0, 100, 100]);
    const [first, none] = pooled(layer, batch, 2, "mean");
    expect([...first!]).toEqual([Math.fround(3 / 5), Math.fround(4 / 5)]);
    expect(none).toBeNull();
  });
});
