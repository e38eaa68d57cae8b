/** Any table with a case, an activity and a time: what a Parquet file says comes back, with its types. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { quoteName } from "../../db/logs/views.ts";
import { writeLogFile } from "./export-log.ts";
import { withDuckDb } from "./parquet.ts";
import { readLogFile } from "./read-log.ts";

let folder = "";
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parquet-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const next = () => join(folder, `${++files}.parquet`);

const int = (min: number, max: number) => fc.integer({ min, max }).map(String);
const big = (bits: bigint) => fc.bigInt({ min: -(2n ** bits), max: 2n ** bits - 1n }).map(String);
const instant = fc
  .integer({ min: -2_000_000_000, max: 4_000_000_000 })
  .chain((seconds) => fc.nat(999_999).map((micros) => ({ seconds, micros })));
const stamp = (digits: number) =>
  instant.map(({ seconds, micros }) => {
    const fraction = String(micros).padStart(6, "0").slice(0, digits);
    return new Date(seconds * 1000)
      .toISOString()
      .slice(0, 19)
      .concat(digits > 0 ? `.${fraction}` : "");
  });
const text = fc.string({ unit: "grapheme", maxLength: 12 }).map((value) => value.replaceAll("\0", ""));
const list = (items: fc.Arbitrary<unknown>) =>
  fc.array(fc.option(items), { maxLength: 4 }).map((value) => JSON.stringify(value));

/** SQL types with the texts of their values. */
const TYPES: readonly (readonly [type: string, value: fc.Arbitrary<string>])[] = [
  ["VARCHAR", text],
  ["BOOLEAN", fc.boolean().map(String)],
  ["TINYINT", int(-128, 127)],
  ["USMALLINT", int(0, 65_535)],
  ["INTEGER", int(-(2 ** 31), 2 ** 31 - 1)],
  ["BIGINT", big(63n)],
  ["HUGEINT", big(100n)],
  ["FLOAT", fc.float({ noNaN: true }).map(String)],
  ["DOUBLE", fc.double({ noNaN: true }).map(String)],
  ["DECIMAL(9,2)", int(-999_999_999, 999_999_999).map((value) => String(Number(value) / 100))],
  [
    "DECIMAL(30,4)",
    big(90n).map((value) =>
      value.replace(
        /^(-?)(\d+)$/,
        (_, sign, digits) => `${sign}${digits.slice(0, 24)}.${digits.slice(0, 4)}`,
      ),
    ),
  ],
  ["DATE", stamp(0).map((value) => value.slice(0, 10))],
  ["TIME", stamp(6).map((value) => value.slice(11))],
  ["TIMESTAMP", stamp(6)],
  ["TIMESTAMP_MS", stamp(3)],
  ["TIMESTAMP_NS", stamp(6)],
  ["TIMESTAMPTZ", stamp(6).map((value) => `${value}+00`)],
  ["UUID", fc.uuid()],
  ["INTEGER[]", list(fc.integer())],
  ["VARCHAR[]", list(text)],
  [
    "STRUCT(a INTEGER, b VARCHAR)",
    fc.record({ a: fc.option(fc.integer()), b: fc.option(text) }).map((value) => JSON.stringify(value)),
  ],
];

const cell = (type: string, value: string | null): string => {
  if (value === null) return `null::${type}`;
  const written = `'${value.replaceAll("'", "''")}'`;
  return /\[\]$|^STRUCT/.test(type) ? `${written}::json::${type}` : `${written}::${type}`;
};

const column = fc.constantFrom(...TYPES).chain(([type, value]) =>
  fc.record({
    type: fc.constant(type),
    values: fc.array(fc.option(value), { minLength: 9, maxLength: 9 }),
    // The same in every row of a case, as attributes of cases are.
    ofCase: fc.boolean(),
  }),
);
const table = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  columns: fc.uniqueArray(fc.record({ name: text.map((name) => `x ${name.trim()}`), column }), {
    minLength: 1,
    maxLength: 6,
    selector: ({ name }) => name.toLowerCase(),
  }),
});
type TypedTable = typeof table extends fc.Arbitrary<infer Value> ? Value : never;

const selectOf = ({ rows, columns }: TypedTable): string =>
  Array.from({ length: rows }, (_, row) => {
    const own = columns.map(({ name, column: { type, values, ofCase } }) => {
      const value = values[ofCase ? Math.floor(row / 3) : row] ?? null;
      return `${cell(type, value)} as ${quoteName(name)}`;
    });
    const fixed = `'c${Math.floor(row / 3)}' as "case id", 'step ${row % 2}' as activity, timestamp '2024-01-01 00:00:0${row}' as "time"`;
    return `select ${[fixed, ...own].join(", ")}`;
  }).join(" union all ");

const contentOf = (path: string) =>
  withDuckDb(async (connection) => ({
    columns: (
      await connection.runAndReadAll("describe select * from read_parquet($1)", [path])
    ).getRowsJson(),
    rows: (await connection.runAndReadAll("select * from read_parquet($1)", [path])).getRowsJson(),
  }));

describe("any Parquet file of events", () => {
  it("is written again with the same names, types and values", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(table, async (typed) => {
        const [from, to] = [next(), next()];
        await withDuckDb((connection) =>
          connection.run(`copy (${selectOf(typed)}) to '${from}' (format parquet)`),
        );
        const read = await readLogFile(from);
        expect(read.columns.rows).toBe(typed.rows);
        await writeLogFile({ name: "log", ...read }, "parquet", to);
        expect(await contentOf(to)).toEqual(await contentOf(from));
      }),
      { numRuns: 40 },
    );
  });
});
