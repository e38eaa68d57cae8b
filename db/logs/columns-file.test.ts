import { describe, expect, it } from "vitest";
import { decodeColumns, encodeColumns } from "./columns-file.ts";
import type { StoredColumns } from "./log-store.ts";

const text = (...dictionary: string[]) =>
  ({ kind: "text", codes: Uint32Array.from(dictionary.keys()), dictionary }) as const;
const columns: StoredColumns = {
  rows: 2,
  case: text("a", "b"),
  activity: text("A", "B"),
  completed: null,
  started: null,
  resource: null,
  lifecycle: null,
  instance: null,
  attributes: new Map(),
  caseAttributes: new Map(),
};
const origin = {
  format: "xes",
  attributes: new Map([["a.b", { path: ["a", "b"], types: Uint8Array.of(0, 3) }]]),
  xes: { attributes: [{ key: "$map", type: "string", value: "$bytes" }] },
};

describe("the file of a stored log's columns", () => {
  it("keeps what the log's file said besides its values", () => {
    const file = Buffer.concat(encodeColumns({ ...columns, origin }));
    expect(decodeColumns("l", file)).toEqual({ ...columns, origin });
  });

  it("is read where it was written without", () => {
    expect(decodeColumns("l", Buffer.concat(encodeColumns(columns)))).toEqual(columns);
  });
});
