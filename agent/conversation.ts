/** Messages and the turns that answer them: begin, run, stop, and go on after a restart. */
import type { Database } from "../db/client.ts";
import { findThread } from "../db/queries/threads.ts";
import { MillwrightError, toProblem } from "../errors.ts";
import { briefingFor, historyOf } from "./briefing.ts";
import { continuePlan } from "./continuation.ts";
import { NotFoundError, TurnEndedError, TurnLimitError, TurnProblemError } from "./errors.ts";
import type { LiveTurn } from "./graph/run.ts";
import type { TurnRequest } from "./graph/state.ts";
import type { GraphRuns } from "./graph-runs.ts";
import { accept, recordEnd, recordMessage } from "./messages.ts";
import type { Limits, ServiceOptions } from "./options.ts";
import { createPace } from "./plans/pace.ts";
import { proposalsOfTurn } from "./proposals.ts";
import type { PlanReport, Reply, SendRequest, Speaker, StopTurnRequest, ThreadEvent } from "./service.ts";
import { checkMayStop, resolveSpeaker } from "./speaker.ts";
import { replyToSteering, reportOfStopped, type Steered, steeringOf, tellTurn } from "./steer-plan.ts";
import {
  abandonedTurns,
  type Body,
  eventsOfTypes,
  type ThreadKey,
  unfinishedTurns,
} from "./threads/events.ts";
import type { Leases } from "./threads/lease.ts";
import { followThread, type Live } from "./threads/live.ts";
import { createRecorder } from "./threads/recorder.ts";

export interface ConversationServices {
  readonly options: ServiceOptions;
  readonly limits: Limits;
  readonly live: Live;
  readonly leases: Leases;
  readonly runs: GraphRuns;
  /** Keeps a promise that nobody waits for until it is settled; failures are reported. */
  background(work: Promise<unknown>, where: string): void;
  report(error: unknown, where: string): void;
}

export interface Conversation {
  send(request: SendRequest): AsyncGenerator<ThreadEvent>;
  ask(request: SendRequest, listen?: (event: ThreadEvent) => void): Promise<Reply>;
  stop(request: { person: Speaker; tenant: string; thread: string }): Promise<void>;
  stopTurn(request: StopTurnRequest): Promise<boolean>;
  /** Begins what of a turn's plan waited for the decisions on its proposals. */
  continuePlan(key: ThreadKey & { readonly turn: string }): Promise<void>;
  /** Goes on with the turns that a process which is gone left unfinished. */
  recover(): Promise<number>;
  /** Ends what runs here without recording an end, so that it can be recovered. */
  close(): void;
}

class ClosingError extends MillwrightError {
  constructor() {
    super("closing", 503, "Millwright is shutting down", { remedy: "The turn goes on at the next start." });
  }
}

const isEnd = (body: Body): boolean =>
  body.type === "reply" || body.type === "problem" || body.type === "stopped";

export function createConversation(services: ConversationServices): Conversation {
  const { options, limits, live, leases } = services;
  const { database } = options;
  /** Controllers of the turns that this process runs. */
  const active = new Map<string, AbortController>();

  const runTurn = async (request: TurnRequest, lost: AbortSignal): Promise<void> => {
    const controller = active.get(request.turn) ?? new AbortController();
    active.set(request.turn, controller);
    const deadline = AbortSignal.timeout(limits.turnMilliseconds);
    const signal = AbortSignal.any([controller.signal, lost, deadline]);
    const recorder = createRecorder(database, live, request, request.person, (error) => {
      if (error instanceof TurnEndedError) controller.abort(error);
      else services.report(error, "events");
    });
    try {
      signal.throwIfAborted();
      await options.tracing.run(request, { kind: "turn", channel: request.channel }, async () => {
        await services.runs.runTurn(await liveTurn(services, request, signal, recorder));
      });
      services.background(letProposalsWait(services, request), "gate");
    } catch (error) {
      if (endedElsewhere(error) || endedElsewhere(controller.signal.reason) || lost.aborted) return;
      const failure = deadline.aborted
        ? new TurnLimitError("seconds", limits.turnMilliseconds / 1000)
        : error;
      if (!(failure instanceof MillwrightError)) services.report(failure, "turn");
      await recordEnd(database, live, request, { type: "problem", problem: toProblem(failure) });
    } finally {
      active.delete(request.turn);
    }
  };

  const launch = (request: TurnRequest): void => {
    const work = leases.hold(request, async (lost) => {
      await runTurn(request, lost);
    });
    services.background(
      work.catch((error: unknown) =>
        recordEnd(database, live, request, { type: "problem", problem: toProblem(error) }),
      ),
      "turn",
    );
  };

  const begin = async (request: SendRequest): Promise<{ turn: TurnRequest; from: number }> => {
    const turn = await accept(services, request);
    const steered = await steeringOf(options, turn);
    if (steered !== null && (await takesEffect(turn, steered))) {
      return { turn, from: await answerSteering(turn, steered) };
    }
    active.set(turn.turn, new AbortController());
    const from = await recordMessage(database, turn);
    live.wake(turn);
    launch(turn);
    return { turn, from };
  };

  const endTurn = async (
    { tenant, thread }: ThreadKey,
    turn: string,
    person: string | null,
  ): Promise<PlanReport | null> => {
    const key = { tenant, thread, turn };
    const plan = await reportOfStopped(database, key, person);
    await recordEnd(
      database,
      live,
      { ...key, person },
      { type: "stopped", ...(plan === null ? {} : { plan }) },
    );
    active.get(turn)?.abort(new TurnEndedError(turn));
    return plan;
  };

  /** Words that stop end the turn that runs; others are told to it, unless it has ended meanwhile. */
  const takesEffect = async (turn: TurnRequest, steered: Steered): Promise<boolean> =>
    steered.steering.kind === "stop" || tellTurn(database, turn, steered);

  /** A message that steers is answered at once, beside the turn that runs. */
  const answerSteering = async (turn: TurnRequest, steered: Steered): Promise<number> => {
    const from = await recordMessage(database, turn);
    const plan = steered.steering.kind === "stop" ? await endTurn(turn, steered.turn, turn.person) : null;
    const reply = replyToSteering(turn, steered, options.provider.name, plan);
    await recordEnd(database, live, turn, { type: "reply", reply });
    live.wake(turn);
    return from;
  };

  async function* send(request: SendRequest): AsyncGenerator<ThreadEvent> {
    const { turn, from } = await begin(request);
    const cancel = (): void => services.background(endTurn(turn, turn.turn, turn.person), "stop");
    request.signal?.addEventListener("abort", cancel, { once: true });
    if (request.signal?.aborted === true) cancel();
    try {
      for await (const event of followThread(database, live, turn, from, undefined)) {
        if (event.turn !== turn.turn) continue;
        yield event;
        if (isEnd(event.body)) return;
      }
    } finally {
      request.signal?.removeEventListener("abort", cancel);
    }
  }

  return {
    send,
    async ask(request, listen) {
      for await (const event of send(request)) {
        const { body } = event;
        listen?.(event);
        if (body.type === "reply") return body.reply;
        if (body.type === "problem") throw new TurnProblemError(body.problem as object);
      }
      throw new TurnEndedError(request.thread ?? "new");
    },
    async stop(request) {
      const person = await resolveSpeaker(database, request.tenant, request.person);
      const thread = await findThread(
        database,
        { tenant: request.tenant, person: person?.id ?? null },
        request.thread,
      );
      if (thread === null) throw new NotFoundError("thread", request.thread);
      const running = await unfinishedTurns(database, { tenant: request.tenant, thread: request.thread });
      for (const turn of running) {
        const asked = (turn.hidden as TurnRequest | undefined)?.person ?? null;
        if (person !== null || asked === null) await endTurn(turn, turn.turn, person?.id ?? null);
      }
    },
    async stopTurn({ person: speaker, tenant, thread, turn }) {
      const person = await resolveSpeaker(database, tenant, speaker);
      const key = { tenant, person: person?.id ?? null };
      if ((await findThread(database, key, thread)) === null) throw new NotFoundError("thread", thread);
      const running = await unfinishedTurns(database, { tenant, thread });
      const meant = running.find((other) => other.turn === turn);
      if (meant === undefined) return false;
      const asked = (meant.hidden as TurnRequest | undefined)?.person ?? null;
      checkMayStop(person, asked);
      await endTurn({ tenant, thread }, turn, key.person);
      return true;
    },
    continuePlan: (key) =>
      continuePlan(
        {
          database,
          live,
          launch(request) {
            active.set(request.turn, new AbortController());
            launch(request);
          },
        },
        key,
      ),
    async recover() {
      const found = options.alone === true ? await freed() : await abandonedTurns(database);
      const left = found.filter(({ turn }) => !active.has(turn));
      for (const { hidden, ...turn } of left) {
        active.set(turn.turn, new AbortController());
        services.background(goOn(turn, hidden), "recover");
      }
      return left.length;
    },
    close() {
      for (const controller of active.values()) controller.abort(new ClosingError());
    },
  };

  /** Whatever held a thread is gone: this process has the database to itself. */
  async function freed(): ReturnType<typeof unfinishedTurns> {
    await leases.clear();
    return unfinishedTurns(database);
  }

  async function goOn(key: ThreadKey & { turn: string }, hidden: unknown): Promise<void> {
    await leases.hold(key, async (lost) => {
      const still = await unfinishedTurns(database, key);
      if (!still.some(({ turn }) => turn === key.turn)) {
        active.delete(key.turn);
        return;
      }
      await runTurn(hidden as TurnRequest, lost);
    });
  }
}

const endedElsewhere = (error: unknown): boolean =>
  error instanceof TurnEndedError || error instanceof ClosingError;

/** A turn's proposals wait in a run of their own, so that the thread goes on meanwhile. */
async function letProposalsWait(
  { options, runs }: ConversationServices,
  request: TurnRequest,
): Promise<void> {
  const rows = await proposalsOfTurn(options.database, request.tenant, request.turn);
  if (rows.length > 0)
    await runs.wait(
      request,
      rows.map(({ id }) => id),
    );
}

async function liveTurn(
  services: ConversationServices,
  request: TurnRequest,
  signal: AbortSignal,
  recorder: LiveTurn["recorder"],
): Promise<LiveTurn> {
  const { database } = services.options;
  const speaker =
    request.person === null ? null : { id: request.person, tenant: request.tenant, name: "", roles: [] };
  const person = await resolveSpeaker(database, request.tenant, speaker);
  const found = await briefingFor(services.options, request, person);
  // What was said is read as it was then, not in the light of what followed.
  const briefing = request.resumes === undefined ? found : { ...found, state: {} };
  const { history, earlierFacts } = await historyOf(database, request);
  return {
    request,
    person,
    signal,
    recorder,
    briefing,
    history,
    earlierFacts,
    pace: createPace(services.limits.planMilliseconds, () => performance.now()),
    recorded: await alreadyRecorded(database, request),
  };
}

/** Plans and results of this turn that stand in the thread from before a restart. */
async function alreadyRecorded(database: Database, request: TurnRequest): Promise<ReadonlySet<string>> {
  const events = await eventsOfTypes(database, request, ["plan", "result"], request.turn);
  return new Set(
    events.map(({ body }) => {
      if (body.type === "plan") return `plan:${body.calls[0]?.id ?? ""}`;
      return body.type === "result" ? `result:${body.call}` : "";
    }),
  );
}
