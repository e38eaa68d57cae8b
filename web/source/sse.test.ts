import fc from "fast-check";
import { expect, it } from "vitest";
import { eventReader } from "./sse.ts";

const stream = 'id: 1\nevent: progress\ndata: {"a":1}\n\n: still here\n\ndata: two\ndata: lines\n\n';
const expected = [
  { id: "1", event: "progress", data: '{"a":1}' },
  { id: null, event: "message", data: "two\nlines" },
];

it("gives the same events however the text is cut into pieces", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
      const read = eventReader();
      const at = [0, ...[...cuts].sort((a, b) => a - b), stream.length];
      const events = at.slice(1).flatMap((end, index) => read(stream.slice(at[index], end)));
      expect(events).toEqual(expected);
    }),
  );
});

it("an event that has not ended is not given yet", () => {
  expect(eventReader()("data: half\n")).toEqual([]);
});
