import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundaryOf, readMultipart } from "./multipart.ts";
import { plainName } from "./uploads.ts";

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function parts(body: Uint8Array, boundary: string, size: number) {
  const found: { name: string; filename: string | null; content: Buffer }[] = [];
  for await (const token of readMultipart(inPieces(body, size), boundary)) {
    if (token.kind === "part") found.push({ ...token, content: Buffer.alloc(0) });
    if (token.kind === "data") found.at(-1)!.content = Buffer.concat([found.at(-1)!.content, token.bytes]);
  }
  return found;
}

describe("reading multipart/form-data", () => {
  it("gives back what the platform's own FormData wrote, however the bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
        fc.string({ maxLength: 60 }),
        fc.integer({ min: 1, max: 90 }),
        async (content, filename, field, size) => {
          const form = new FormData();
          form.set("field", field);
          form.set("file", new File([content as Uint8Array<ArrayBuffer>], filename));
          const sent = new Response(form);
          const boundary = boundaryOf(sent.headers.get("content-type") ?? "");
          const found = await parts(new Uint8Array(await sent.arrayBuffer()), boundary, size);
          const again = await new Response(form).formData();
          expect(found[0]?.content.toString("utf8")).toBe(again.get("field"));
          expect(found[1]?.content.equals(Buffer.from(content))).toBe(true);
          expect(found[1]?.name).toBe("file");
        },
      ),
      { numRuns: 150 },
    );
  });

  it("refuses a body that stops early", async () => {
    const text = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nhalf of it';
    await expect(parts(Buffer.from(text), "b", 7)).rejects.toThrow("ends before its last boundary");
  });

  it("refuses headers that never end", async () => {
    const text = `--b\r\n${"x".repeat(20_000)}`;
    await expect(parts(Buffer.from(text), "b", 1_000)).rejects.toThrow("headers are too long");
  });
});

describe("an uploaded file's name", () => {
  it.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\maya\\orders.csv", "orders.csv"],
    ["a\u0000b\n.csv", "ab.csv"],
    ["..", "upload.csv"],
    ["", "upload.csv"],
  ])("%j becomes %s", (given, expected) => {
    expect(plainName(given)).toBe(expected);
  });
});
