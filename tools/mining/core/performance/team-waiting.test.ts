import { describe, expect, it } from "vitest";
import { tinyLog } from "../../../../tests/fixtures/tiny-log.ts";
import { type EventLog, MISSING } from "../../../logs/core/event-log.ts";
import { timedSteps } from "../business-steps.ts";
import { waitingByTeam } from "./team-waiting.ts";

/** Two cases of three steps each; the office is waited for 30 and 50 s, the bank 5 s, and nobody knows for whom 9 s. */
function world(name: string): EventLog {
  const log = tinyLog([
    [
      { activity: "a", started: 0, at: 10 },
      { activity: "b", started: 40, at: 50 },
      { activity: "c", started: 55, at: 60 },
    ],
    [
      { activity: "a", started: 0, at: 10 },
      { activity: "b", started: 60, at: 80 },
      { activity: "c", started: 89, at: 90 },
    ],
  ]);
  const team = {
    kind: "text" as const,
    codes: Uint32Array.of(0, 0, 1, 0, 0, MISSING),
    dictionary: ["Office", "Bank", "Nobody"],
  };
  return { ...log, attributes: new Map([[name, team]]) };
}

const found = (log: EventLog) => {
  const { steps, times } = timedSteps(log, null);
  return waitingByTeam(log, steps, times);
};

describe("waiting by team", () => {
  it("is that before the team's own steps, with its share", () => {
    const { attribute, teams } = found(world("org:group"))!;
    expect(attribute).toBe("org:group");
    expect(teams.map(({ team, waiting, waits, share }) => [team, waiting.mean, waits, share])).toEqual([
      ["Office", 40, 2, 80 / 85],
      ["Bank", 5, 1, 5 / 85],
    ]);
    expect(teams[0]?.service?.mean).toBe(12.5);
  });

  it("is not there where no attribute is of teams, or nothing is waited for", () => {
    expect(found(world("amount"))).toBeNull();
    const log = world("team");
    expect(found({ ...log, started: null })).toBeNull();
  });
});
