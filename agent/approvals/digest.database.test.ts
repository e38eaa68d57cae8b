import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "../../db/rows.ts";
import { openTestDatabase, type TestDatabase } from "../../tests/fixtures/database.ts";
import { proposalDigest, storedForm } from "./digest.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());

const subject = { tenant: "test", tool: "test.limit", version: 1 };
const digestOf = (input: unknown): string => proposalDigest({ ...subject, input });
/** What can be proposed: JSON without NUL and lone surrogates, which Postgres does not hold. */
const storable = fc
  .jsonValue({ maxDepth: 4, stringUnit: "binary" })
  .filter((value) => !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value)));

describe("a proposal's digest", () => {
  it("is SHA-256 over the canonical JSON of tenant, tool, version and input", () => {
    // printf '{"input":{"limit":500,"order":"7"},"tenant":"test","tool":"test.limit","version":1}' | sha256sum
    expect(digestOf({ order: "7", limit: 500 })).toBe(
      "c429a3cbb72b7c61b97df586b3ddf5106904feec1dd7f11fc680f26a6ce944ae",
    );
  });

  it("does not depend on the order of members, and changes with every part", () => {
    const input = { a: 1, b: [1, 2] };
    const digest = digestOf(input);
    expect(digestOf({ b: [1, 2], a: 1 })).toBe(digest);
    const others = [
      { ...subject, tenant: "other", input },
      { ...subject, tool: "test.other", input },
      { ...subject, version: 2, input },
      { ...subject, input: { a: 1, b: [2, 1] } },
      { ...subject, input: { a: "1", b: [1, 2] } },
    ];
    expect(new Set([digest, ...others.map(proposalDigest)]).size).toBe(others.length + 1);
  });

  it("is the same after the database has kept the input", async () => {
    await fc.assert(
      fc.asyncProperty(storable, async (value) => {
        const stored = storedForm({ value });
        const [row] = await rowsOf<{ input: unknown }>(
          test.database,
          sql`select ${JSON.stringify(stored)}::jsonb as input`,
        );
        expect(digestOf(row!.input)).toBe(digestOf({ value }));
      }),
      {
        numRuns: 200,
        examples: [
          [5e-324],
          [1.7976931348623157e308],
          [-0],
          [1e21],
          [0.1 + 0.2],
          [2 ** 53 + 2],
          ["\u2028é😀"],
        ],
      },
    );
  });
});
