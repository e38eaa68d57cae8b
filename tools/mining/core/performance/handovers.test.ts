import { describe, expect, it } from "vitest";
import { tinyLog, traces } from "../../../../tests/fixtures/tiny-log.ts";
import type { EventLog } from "../../../logs/core/event-log.ts";
import { mulberry32 } from "../effects.ts";
import { handOvers } from "./handovers.ts";

/** Two steps a case by one of three people each; where somebody else takes over it takes `extra` seconds longer on average. */
function world(seed: number, extra: number): EventLog {
  const random = mulberry32(seed);
  const codes: number[] = [];
  const log = tinyLog(
    Array.from({ length: 300 }, () => {
      const [first, second] = [Math.floor(random() * 3), Math.floor(random() * 3)];
      codes.push(first, second);
      const wait = (100 + (first === second ? 0 : extra)) * -Math.log(1 - random());
      return [
        { activity: "a", started: 0, at: 10 },
        { activity: "b", started: 10 + wait, at: 20 + wait },
      ];
    }),
  );
  return { ...log, resource: { kind: "text", codes: Uint32Array.from(codes), dictionary: ["x", "y", "z"] } };
}

describe("waiting at hand-overs", () => {
  it("differs where it was planted", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const found = handOvers(world(seed, 100), "person")!;
      expect(found.pairs[0]?.differs).toBe(true);
      expect(found.same.n + found.other.n).toBe(300);
    }
  });

  it("hardly ever differs where nothing was planted", () => {
    let found = 0;
    for (let seed = 1; seed <= 200; seed++)
      if (handOvers(world(seed, 0), "person")!.pairs[0]?.differs) found++;
    expect(found / 200).toBeLessThanOrEqual(0.08);
  });

  it("is between teams where events have one", () => {
    const log = world(1, 100);
    const team = { kind: "text" as const, codes: new Uint32Array(log.events), dictionary: ["Office"] };
    const found = handOvers({ ...log, attributes: new Map([["team", team]]) }, "team")!;
    expect(found.between).toBe("team");
    expect(found.other.n).toBe(0);
    expect(found.pairs[0]?.difference).toBeNull();
  });

  it("is not there without people, teams or starts", () => {
    expect(handOvers(traces("ab"), "person")).toBeNull();
    expect(handOvers(world(1, 0), "team")).toBeNull();
  });
});
