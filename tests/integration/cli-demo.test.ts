import { expect, it } from "vitest";
import { cli } from "./cli-process.ts";

it("the demo runs the whole loop offline in under a minute and ends with the ledger verified", async () => {
  const { code, out, error } = await cli(["demo", "--json"]);
  expect({ code, error }).toEqual({ code: 0, error: "" });
  const { ok, seconds, steps } = JSON.parse(out) as { ok: boolean; seconds: number; steps: string[] };
  expect(ok).toBe(true);
  expect(seconds).toBeLessThan(60);
  const step = (name: string) => steps.find((line) => line.startsWith(name)) ?? "";
  expect(step("answer")).toContain("Credit check");
  expect(step("gate")).toContain("refused");
  expect(step("approve")).toContain("1 of 2 was told “already”");
  expect(step("effect")).toContain("once in the ticket system: T-1001");
  expect(step("measured")).toContain("kept");
  expect(steps.at(-1)).toMatch(/^ledger {4}verified: \d+ entries/);
}, 180_000);
