import fc from "fast-check";
import { expect, it } from "vitest";
import { promoteCaseAttributes } from "./case-attributes.ts";
import { cellText } from "./column-builders.ts";
import { type Column, type LogColumns, MISSING } from "./event-log.ts";

type Rows = readonly (readonly [own: number, value: number | null])[];

const columnOf: Readonly<Record<string, (values: readonly (number | null)[]) => Column>> = {
  text: (values) => ({
    kind: "text",
    dictionary: ["a", "b"],
    codes: Uint32Array.from(values, (value) => value ?? MISSING),
  }),
  number: (values) => ({ kind: "number", values: Float64Array.from(values, (value) => value ?? Number.NaN) }),
  boolean: (values) => ({ kind: "boolean", values: Uint8Array.from(values, (value) => value ?? 2) }),
};

function logOf(rows: Rows, name: string, column: Column): LogColumns {
  const cases = [...new Set(rows.map(([own]) => own))];
  const codes = Uint32Array.from(rows, ([own]) => cases.indexOf(own));
  const none = { completed: null, started: null, resource: null, lifecycle: null, instance: null };
  return {
    rows: rows.length,
    case: { kind: "text", codes, dictionary: cases.map(String) },
    activity: { kind: "text", codes: new Uint32Array(rows.length), dictionary: ["A"] },
    ...none,
    attributes: new Map([[name, column]]),
    caseAttributes: new Map(),
  };
}

/** Case by case: one value, and, unless the name is about cases, on the first row if on any. */
function expected(rows: Rows, aboutCase: boolean): (number | null)[] | null {
  const cases = Map.groupBy(rows, ([own]) => own);
  const values: (number | null)[] = [];
  for (const own of cases.values()) {
    const present = new Set(own.map(([, value]) => value).filter((value) => value !== null));
    const late = own[0]![1] === null && present.size > 0;
    if (present.size > 1 || (late && !aboutCase)) return null;
    values.push([...present][0] ?? null);
  }
  return values.some((value) => value !== null) && cases.size < rows.length ? values : null;
}

it("moves to the cases what never changes within one, whatever the order of the rows", () => {
  const row = fc.tuple(fc.nat(2), fc.constantFrom(0, 0, 0, 1, null));
  const rows = fc.array(row, { minLength: 1, maxLength: 8 });
  const kinds = fc.constantFrom("text", "number", "boolean");
  fc.assert(
    fc.property(rows, kinds, fc.boolean(), (cells, kind, aboutCase) => {
      const name = aboutCase ? "case:colour" : "colour";
      const make = columnOf[kind]!;
      const { attributes, caseAttributes } = promoteCaseAttributes(
        logOf(cells, name, make(cells.map(([, value]) => value))),
      );
      const wanted = expected(cells, aboutCase);
      expect(attributes.has(name)).toBe(wanted === null);
      const found = caseAttributes.get(name);
      const texts = (column: Column) => (wanted ?? []).map((_, index) => cellText(column, index));
      if (wanted !== null) expect(texts(found!)).toEqual(texts(make(wanted)));
    }),
    { numRuns: 1000 },
  );
});
