import { expect, it } from "vitest";
import { JsonRecords } from "./json-records.ts";

const read = (text: string): unknown[] => {
  const records: unknown[] = [];
  const reader = new JsonRecords((record) => records.push(record));
  reader.push(Buffer.from(text));
  reader.finish();
  return records;
};

it("NUL and halves of letters in JSON become the letter for what cannot be shown, in names too", () => {
  expect(read('{"a\\u0000b":"x\\u0000y","c":["\\ud800","\\ud83d\\ude00"]}')).toEqual([
    { "a\ufffdb": "x\ufffdy", c: ["\ufffd", "😀"] },
  ]);
});

it("a backslash before the letters u0000 is no escape of NUL", () => {
  expect(read('{"a":"\\\\u0000"}')).toEqual([{ a: "\\u0000" }]);
});

it("whole numbers beside it stay exact", () => {
  expect(JSON.stringify(read('{"a":"\\u0000","id":12345678901234567890}')[0])).toContain(
    '"id":12345678901234567890',
  );
});
