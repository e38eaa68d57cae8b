import { type EventLog, MISSING } from "../../../logs/core/event-log.ts";
import type { Summary } from "../quantiles.ts";
import type { Steps } from "../steps.ts";
import { groupTimes, type StepTimes } from "../waiting-and-service.ts";
import { teamOf } from "./handovers.ts";

export interface TeamWaiting {
  readonly team: string;
  /** Seconds before the steps that this team did. */
  readonly waiting: Summary;
  readonly service: Summary | null;
  /** Of all waiting before steps for which a team is recorded. */
  readonly share: number;
  readonly waits: number;
}

export interface WaitingByTeam {
  readonly attribute: string;
  /** Most waiting first. */
  readonly teams: readonly TeamWaiting[];
}

/**
 * Waiting before steps by the team that did them, where events say of which team who did them was: whose queues are long,
 * not who is slow. Null without such an attribute, or without waits. O(steps).
 */
export function waitingByTeam(log: EventLog, steps: Steps, times: StepTimes): WaitingByTeam | null {
  const found = teamOf(log);
  if (found === null) return null;
  const { codes, dictionary } = found.column;
  const unknown = dictionary.length;
  const group = steps.event.map((event) => (codes[event] === MISSING ? unknown : codes[event]!));
  const own = groupTimes(group, times, dictionary.length + 1).slice(0, unknown);
  const all = own.reduce((sum, { totalWaiting }) => sum + totalWaiting, 0);
  const teams = own
    .map(({ waiting, service, totalWaiting, waits }, code) => ({
      team: dictionary[code]!,
      waiting,
      service,
      share: all > 0 ? totalWaiting / all : 0,
      waits,
    }))
    .filter((row): row is TeamWaiting => row.waiting !== null)
    .sort((a, b) => b.share - a.share || b.waits - a.waits || (a.team < b.team ? -1 : 1));
  return teams.length === 0 ? null : { attribute: found.name, teams };
}
