/** Messages that are sent while a plan runs: stopping it, or changing what is left of it. */
import type { Database } from "../db/client.ts";
import { findThread } from "../db/queries/threads.ts";
import { briefingFor } from "./briefing.ts";
import { TurnEndedError } from "./errors.ts";
import type { TurnRequest } from "./graph/state.ts";
import { readSteering } from "./model/offline/steer.ts";
import { showFilter } from "./model/offline/understood.ts";
import type { ServiceOptions } from "./options.ts";
import { planFromEvents } from "./plans/fold.ts";
import { emptyPlan, type RunPlan, stopSteps } from "./plans/plan.ts";
import type { Steering } from "./plans/steering.ts";
import {
  closingWords,
  leftOut,
  narrowedWords,
  skippedAsAsked,
  stoppedBy,
  stoppedWords,
} from "./plans/words.ts";
import type { PlanReport, Reply } from "./service.ts";
import { resolveSpeaker } from "./speaker.ts";
import { appendEvents, eventsOfTypes, type ThreadKey, unfinishedTurns } from "./threads/events.ts";

/** What a message came to that steered a plan. */
export interface Steered {
  /** The turn whose plan it steers. */
  readonly turn: string;
  readonly steering: Steering;
  readonly said: string;
  readonly language: string;
}

interface Running {
  readonly request: TurnRequest;
  readonly plan: RunPlan;
  /** Of the message and of all that is said of the plan. */
  readonly language: string;
}

/**
 * What the message does to the turn that runs in its thread; null where none runs or where it is a message of its own.
 * Only who asked may change what is done for them; anybody who is known may stop it.
 */
export async function steeringOf(options: ServiceOptions, message: TurnRequest): Promise<Steered | null> {
  const running = await runningIn(options, message);
  if (running === null) return null;
  const { request, plan, language } = running;
  const person = await speakerOf(options.database, message);
  const briefing = await briefingFor(options, { ...message, log: message.log ?? request.log }, person);
  const passOn = options.provider.name !== "built-in";
  const log = briefing.log ?? (briefing.logs.length === 1 ? briefing.logs[0]! : null);
  const steering = readSteering(message.text, plan, { ...briefing, log }, passOn);
  if (steering === null) return null;
  const mayStop = message.person !== null || request.person === null;
  const may = steering.kind === "stop" ? mayStop : message.person === request.person;
  return may ? { turn: request.turn, steering, said: saidOf(steering, plan), language } : null;
}

const speakerOf = (database: Database, { tenant, person }: TurnRequest) =>
  resolveSpeaker(database, tenant, person === null ? null : { id: person, tenant, name: "", roles: [] });

/** The turn that is being worked on: the oldest that has not ended. */
async function runningIn(options: ServiceOptions, message: TurnRequest): Promise<Running | null> {
  const [first] = await unfinishedTurns(options.database, message);
  const request = first?.hidden as TurnRequest | undefined;
  if (request === undefined || request.turn === message.turn) return null;
  const thread = await findThread(options.database, message, message.thread);
  const language = thread?.language ?? "en";
  const plan = await planOfTurn(options.database, message, request.turn, language);
  return { request, plan: plan ?? emptyPlan(language), language: plan?.language ?? language };
}

async function planOfTurn(
  database: Database,
  key: ThreadKey,
  turn: string,
  language: string,
): Promise<RunPlan | null> {
  const events = await eventsOfTypes(database, key, ["plan", "step"], turn);
  return planFromEvents(
    events.map(({ body }) => body),
    language,
  );
}

function saidOf(steering: Steering, plan: RunPlan): string {
  const { language } = plan;
  if (steering.kind === "stop") return stoppedWords(language);
  if (steering.kind === "narrow") {
    const filters = steering.filters as readonly Parameters<typeof showFilter>[0][];
    return narrowedWords(filters.map(showFilter).join("; "), language);
  }
  const titles = plan.steps.filter(({ id }) => steering.steps.includes(id)).map(({ title }) => title);
  return titles.length === 0 ? skippedAsAsked(steering.words, language) : leftOut(titles, language);
}

/** Tells the turn that runs. False when it has ended meanwhile: then the message is one like any other. */
export async function tellTurn(database: Database, message: TurnRequest, steered: Steered): Promise<boolean> {
  const { words, steering, said, turn } = { words: message.text, ...steered };
  try {
    await appendEvents(database, {
      tenant: message.tenant,
      thread: message.thread,
      turn,
      person: message.person,
      channel: message.channel,
      bodies: [{ type: "steered", words, steering, said }],
    });
    return true;
  } catch (error) {
    if (error instanceof TurnEndedError) return false;
    throw error;
  }
}

/** The plan of a turn that is stopped now: what was done, what was not. Null where it had none to show. */
export async function reportOfStopped(
  database: Database,
  key: ThreadKey & { turn: string },
  person: string | null,
): Promise<PlanReport | null> {
  const plan = await planOfTurn(database, key, key.turn, "en");
  if (plan === null) return null;
  const stopped = stopSteps(plan, stoppedBy(person, plan.language));
  return { steps: stopped.steps, closing: closingWords(stopped) };
}

export const replyToSteering = (
  message: TurnRequest,
  { said, language }: Steered,
  planner: Reply["planner"],
  plan: PlanReport | null,
): Reply => ({
  thread: message.thread,
  turn: message.turn,
  reply: plan === null ? said : `${said}\n\n${plan.closing}`,
  marks: [],
  language,
  facts: [],
  calls: [],
  views: [],
  proposals: [],
  clarification: null,
  planner,
  answer: null,
  ...(plan === null ? {} : { plan }),
});
