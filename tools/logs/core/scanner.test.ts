import { expect, it } from "vitest";
import { decodeUtf8 } from "./byte-dictionary.ts";
import { Scanner } from "./scanner.ts";

it("a log whose texts do not fit into memory is refused by name", () => {
  const scanner = new Scanner(
    () => undefined,
    () => 0,
    64,
  );
  const text = scanner.text("event", decodeUtf8);
  const add = (at: number) => {
    const bytes = Buffer.from(`${at} ${"x".repeat(1000)}`);
    text.set(at % 4096, bytes, 0, bytes.length);
  };
  expect(() => {
    for (let at = 0; at < 10_000; at++) add(at);
  }).toThrow("do not fit into memory");
});
