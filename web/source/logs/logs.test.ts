import { describe, expect, it } from "vitest";
import { RequestError } from "../api.ts";
import { headerColumns, mappedRoles, objectTypesOf, settingsOf } from "./mapping.ts";
import { outcomeReader, type Progress } from "./upload.ts";

describe("a header line", () => {
  it.each([
    ["case,activity,time", ["case", "activity", "time"]],
    ["\uFEFFFall;Aktivität;Zeit", ["Fall", "Aktivität", "Zeit"]],
    ['"order, no";"a ""b""";t', ["order, no", 'a "b"', "t"]],
    ["one\ttwo words\tthree", ["one", "two words", "three"]],
    ["a|b", ["a", "b"]],
  ])("%j has its columns", (line, columns) => {
    expect(headerColumns(line)).toEqual(columns);
  });
});

describe("a mapping", () => {
  const mapping = {
    case: "id",
    activity: "step",
    timestamp: null,
    separator: ";",
    reasons: { case: "ends in id" },
  };

  it("gives every role with its column and the reason", () => {
    const roles = new Map(mappedRoles(mapping).map((role) => [role.role, role]));
    expect(roles.get("case")).toMatchObject({ column: "id", reason: "ends in id" });
    expect(roles.get("timestamp")).toMatchObject({ column: null, required: true });
    expect(mappedRoles(null).every((role) => role.column === null)).toBe(true);
  });

  it("names the separator by its word", () => {
    expect(settingsOf(mapping)).toEqual([{ label: "Separator", value: "semicolon" }]);
  });
});

describe("the types of an object-centric log", () => {
  const counts = { cases: 2, events: 3, convergence: 1, deficiency: 0 };

  it("are what it could be read by; divergence is known of the chosen one", () => {
    const objectTypes = [
      { type: "order", ...counts, divergence: 4 },
      { type: "item", ...counts },
    ];
    expect(
      objectTypesOf({ objectType: "order", objectTypes, reasons: { objectType: "most events" } }),
    ).toEqual({
      chosen: "order",
      reason: "most events",
      choices: [
        { type: "order", ...counts, divergence: 4 },
        { type: "item", ...counts, divergence: null },
      ],
    });
    expect(objectTypesOf({ objectType: "order", objectTypes })?.reason).toBeNull();
  });

  it("are not there for any other log, nor for one stored before they were counted", () => {
    expect(objectTypesOf(null)).toBeNull();
    expect(objectTypesOf({ case: "id" })).toBeNull();
    expect(objectTypesOf({ objectType: "order" })).toBeNull();
  });
});

describe("an upload's answer", () => {
  const read = (text: string) => {
    const seen: Progress[] = [];
    const outcome = outcomeReader((progress) => seen.push(progress));
    for (let end = 0; end <= text.length; end += 7) outcome.read(text.slice(0, end));
    outcome.read(text);
    return { seen, result: outcome.result() };
  };

  it("reports progress and gives the log", () => {
    const { seen, result } = read(
      'event: progress\ndata: {"message":"Reading","share":0.5}\n\nevent: log\ndata: {"id":"l1"}\n\n',
    );
    expect(seen).toEqual([{ message: "Reading", share: 0.5 }]);
    expect(result).toEqual({ id: "l1" });
  });

  it("gives the problem with its place when the import failed", () => {
    const problem = { type: "urn:millwright:x", title: "X", status: 422, detail: "line 3", line: 3 };
    const { result } = read(`event: problem\ndata: ${JSON.stringify(problem)}\n\n`);
    expect(result).toBeInstanceOf(RequestError);
    expect((result as RequestError).problem).toEqual(problem);
  });

  it("counts an answer that ends early as a failure", () => {
    expect(read('event: progress\ndata: {"message":"Reading","share":0.5}\n\n').result).toBeInstanceOf(
      RequestError,
    );
  });
});
