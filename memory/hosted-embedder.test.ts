import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { hostedEmbedder } from "./hosted-embedder.ts";

interface Seen {
  readonly authorization: string | undefined;
  readonly body: { readonly model: string; readonly input: string[]; readonly dimensions: number };
}

async function serving(answer: (body: Seen["body"]) => unknown, status = 200) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(parts).toString("utf8"));
      seen.push({ authorization: request.headers.authorization, body });
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer(body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/embeddings`;
  return { url, seen, [Symbol.asyncDispose]: async () => void server.close() };
}

const options = (url: string) => ({
  url,
  model: "sentences",
  dimensions: 2,
  key: () => "secret",
  hide: async (texts: readonly string[]) => texts.map((text) => text.replaceAll("Maya", "PERSON")),
});

it("gives unit vectors in the order of the texts, asks with the key, and hides personal data", async () => {
  await using server = await serving(() => ({
    data: [
      { index: 1, embedding: [0, 2] },
      { index: 0, embedding: [3, 4] },
    ],
  }));
  const vectors = await hostedEmbedder(options(server.url)).embed(["Maya waits", "b"]);
  expect(vectors.map((vector) => [...vector].map((value) => Math.round(value * 10) / 10))).toEqual([
    [0.6, 0.8],
    [0, 1],
  ]);
  expect(server.seen).toEqual([
    {
      authorization: "Bearer secret",
      body: { model: "sentences", input: ["PERSON waits", "b"], dimensions: 2 },
    },
  ]);
});

it.each([
  ["another length", { data: [{ index: 0, embedding: [1, 2, 3] }] }, 200, "3 numbers where 2"],
  ["too few", { data: [] }, 200, "0 vectors for 1"],
  ["an error", {}, 503, "answered 503"],
])("says what was wrong with %s", async (_what, body, status, message) => {
  await using server = await serving(() => body, status);
  await expect(hostedEmbedder(options(server.url)).embed(["a"])).rejects.toThrow(message);
});

it("says that a server could not be reached, without the key", async () => {
  const failure = await hostedEmbedder(options("http://127.0.0.1:1/v1/embeddings"))
    .embed(["a"])
    .catch((error: unknown) => error);
  expect(String(failure)).toContain("could not be reached");
  expect(JSON.stringify(failure)).not.toContain("secret");
});
