/**
 * An `AgentService` in memory that behaves as the real one towards a channel (turns that stream, are recorded and can
 * be picked up again; one effect a proposal) and gives the recorded figures. The screens' own tests run on it; the
 * whole loop is tested on the real server in web-loop.test.ts.
 */

import type { AgentService, Reply, SendRequest, ThreadEvent } from "../../agent/service.ts";
import type { ProposalCard, View } from "../../channels/contract.ts";
import { createServiceDouble } from "../../channels/fixtures/service.ts";
import { views as small } from "../../channels/fixtures/views.ts";
import { MillwrightError } from "../../errors.ts";
import { recordedEvals } from "../../evals/worlds/recorded-evals.ts";
import * as recorded from "./recorded.ts";

type Body = ThreadEvent["body"];

/** What the tools of the process page draw. */
const pictures: Readonly<Record<string, readonly View[]>> = {
  "mining.discover": [recorded.processMap, recorded.bpmn],
  "mining.variants": [small.variants],
  "mining.dotted-chart": [small["dotted-chart"]],
  "mining.waiting-hours": [small["heat-map"]],
  "kpi.query": [recorded.series],
};

export interface RecordedService extends AgentService {
  /** How many times a proposal's effect happened. */
  readonly effects: Map<string, number>;
  /** Milliseconds between the pieces of an answer. */
  pace: number;
}

const marksIn = (text: string, pairs: readonly (readonly [string, string])[]) =>
  pairs.flatMap(([piece, fact]) => {
    const start = text.indexOf(piece);
    return start < 0 ? [] : [{ start, end: start + piece.length, fact }];
  });

function replyOf(request: SendRequest, turn: string, card: ProposalCard): Reply {
  const asksFix = /fix|could we do|skip/i.test(request.text);
  const headline = asksFix
    ? "Skipping the credit check for small orders of known customers would take 144 cases a week out of the queue."
    : "Orders lose most time before Check credit: 2.2 days on average, which is 62 % of all waiting.";
  const assumptions =
    "Completed cases, 2 to 8 November 2026 (Europe/Berlin), waiting from completion to start, n = 1,184.";
  const reply = `${headline}\n${assumptions}`;
  const { waiting, share, cases } = recorded.facts;
  const views: readonly View[] = asksFix
    ? []
    : /bpmn|process/i.test(request.text)
      ? [recorded.processMap, recorded.bpmn]
      : [recorded.processMap, recorded.table, recorded.series];
  return {
    thread: request.thread ?? "t",
    turn,
    reply,
    marks: marksIn(reply, [
      ["2.2 days", waiting.id],
      ["62 %", share.id],
    ]),
    language: "en",
    facts: [waiting, share, cases],
    calls: [{ tool: "mining.bottlenecks", input: {}, risk: "read" }],
    views,
    proposals: asksFix ? [{ ...card, preview: card.preview }] : [],
    clarification: null,
    planner: "built-in",
    answer: {
      headline,
      figures: asksFix ? [cases.id] : [waiting.id, share.id, cases.id],
      assumptions,
      notes: asksFix ? [] : ["Association, not cause: the check also handles the largest orders."],
      next: asksFix ? null : { label: "What could we do about it?", ask: "What could we do about it?" },
    },
  };
}

class NotFoundError extends MillwrightError {
  constructor(what: string) {
    super("not-found", 404, `There is no ${what}.`);
  }
}

export function createRecordedService(now: number = Date.now()): RecordedService {
  const base = createServiceDouble();
  const threads = new Map<string, ThreadEvent[]>();
  const cards = new Map(
    [recorded.proposal(now), recorded.secondProposal(now)].map((card) => [card.id, card]),
  );
  const effects = new Map<string, number>();
  const followers = new Set<() => void>();
  const stopped = new Set<string>();

  const record = (thread: string, turn: string, person: string | null, body: Body): ThreadEvent => {
    const events = threads.get(thread) ?? [];
    threads.set(thread, events);
    const event = { thread, seq: events.length + 1, turn, at: new Date().toISOString(), person, body };
    events.push(event);
    for (const wake of followers) wake();
    return event;
  };
  const rest = () => new Promise((resolve) => setTimeout(resolve, service.pace));

  async function* send(request: SendRequest): AsyncGenerator<ThreadEvent> {
    const thread = request.thread ?? "t";
    const turn = `turn-${(threads.get(thread)?.length ?? 0) + 1}`;
    const card = cards.get("p-7f3a") ?? recorded.proposal(now);
    const reply = replyOf(request, turn, card);
    stopped.delete(thread);
    yield record(thread, turn, request.person?.id ?? null, {
      type: "message",
      text: request.text,
      channel: "web",
    });
    if (/kelvin/i.test(request.text)) {
      const problem = { type: "urn:millwright:no-data", title: "NoDataError", status: 422 };
      const detail = "The log has no temperatures.";
      yield record(thread, turn, null, {
        type: "problem",
        problem: { ...problem, detail, remedy: "It has: amount, region, customer. Ask about one of these." },
      });
      return;
    }
    const calls = [{ id: `${turn}-1`, tool: "mining.bottlenecks", input: {} }];
    yield record(thread, turn, null, {
      type: "plan",
      calls,
      understood: "waiting time by activity, last week",
    });
    for (const share of [0.2, 0.6, 0.9]) {
      await rest();
      if (stopped.has(thread)) {
        yield record(thread, turn, null, { type: "stopped" });
        return;
      }
      const call = `${turn}-1`;
      yield record(thread, turn, null, { type: "progress", call, message: "Measuring 15,646 events", share });
    }
    yield record(thread, turn, null, {
      type: "result",
      call: `${turn}-1`,
      tool: "mining.bottlenecks",
      views: reply.views,
      facts: reply.facts,
    });
    for (const text of reply.reply.match(/.{1,24}/gs) ?? []) {
      await rest();
      if (stopped.has(thread)) {
        yield record(thread, turn, null, { type: "stopped" });
        return;
      }
      yield record(thread, turn, null, { type: "text-delta", text });
    }
    if (reply.proposals.length > 0) yield record(thread, turn, null, { type: "proposal", proposal: card });
    yield record(thread, turn, null, { type: "reply", reply });
  }

  async function* replay(request: Parameters<AgentService["replay"]>[0]): AsyncGenerator<ThreadEvent> {
    let seq = request.from ?? 0;
    const fresh = () => (threads.get(request.thread) ?? []).filter((event) => event.seq > seq);
    for (;;) {
      for (const event of fresh()) {
        seq = event.seq;
        yield event;
      }
      if (!request.follow || request.signal?.aborted) return;
      await new Promise<void>((resolve) => {
        const wake = () => {
          followers.delete(wake);
          resolve();
        };
        followers.add(wake);
        request.signal?.addEventListener("abort", wake);
        if (fresh().length > 0) wake();
      });
    }
  }

  const decide: AgentService["decide"] = async (request) => {
    const card = cards.get(request.proposal);
    if (!card) throw new NotFoundError(`proposal ${request.proposal}`);
    if (request.digest !== card.digest) {
      throw new MillwrightError("digest-mismatch", 409, "The proposal is not the one you saw.", {
        remedy: "Read it again, then decide.",
      });
    }
    const decided = {
      person: request.person?.id ?? "",
      verdict: request.verdict,
      at: new Date().toISOString(),
    };
    const decisions = [{ ...decided, reason: request.reason ?? null }];
    if (card.state !== "pending") return { proposal: card, already: true, decisions };
    await rest();
    const approved = request.verdict === "approve";
    if (approved) effects.set(card.id, (effects.get(card.id) ?? 0) + 1);
    const receipt = {
      summary: "Published rule skip-credit-small as version 1.",
      references: [{ system: "tickets", id: "T-4711" }],
    };
    const after = { ...card, state: approved ? "executed" : "rejected", ...(approved ? { receipt } : {}) };
    cards.set(card.id, after);
    for (const [thread, events] of threads) {
      const made = events.find(
        (event) => event.body.type === "proposal" && event.body.proposal.id === card.id,
      );
      if (!made) continue;
      const reason = request.reason ?? null;
      const body = {
        type: "decision",
        proposal: card.id,
        verdict: request.verdict,
        reason,
        state: after.state,
      } as const;
      record(thread, made.turn, decided.person, body);
      record(thread, made.turn, null, { type: "receipt", proposal: after });
    }
    return { proposal: after, already: false, decisions };
  };

  const service: RecordedService = {
    ...base,
    effects,
    pace: 5,
    send,
    replay,
    decide,
    async stop({ thread }) {
      stopped.add(thread);
    },
    async threads() {
      return [...threads].map(([id, events]) => {
        const first = events.find((event) => event.body.type === "message")?.body;
        const title = first?.type === "message" ? first.text : id;
        return { id, title, log: "log-otc", lastSeq: events.length, createdAt: events[0]?.at ?? "" };
      });
    },
    async proposals({ state }) {
      return [...cards.values()].filter((card) => state === undefined || card.state === state);
    },
    async call({ tool, person, input }) {
      const headline = { text: "The process." };
      const answer = { headline, figures: [], assumptions: [] };
      if (tool === "memory.list") {
        const data = (recorded.pinned[person?.id ?? ""] ?? []).map((kpi) => ({
          id: `pin ${kpi}`,
          scope: "person",
          owner: person?.id,
          kind: "pinned-kpi",
          term: kpi.toLowerCase(),
          text: kpi,
          meaning: { kpi },
          log: null,
          since: new Date(0).toISOString(),
          expires: null,
        }));
        return { kind: "result", data, facts: [], views: [], answer };
      }
      const measured = recorded.measured[String((input as { kpi?: string }).kpi)];
      if (tool === "kpi.query" && measured !== undefined)
        return { kind: "result", data: measured, facts: [recorded.facts.waiting], views: [], answer };
      const data = tool.startsWith("evals.") ? await recordedEvals.latest() : {};
      return { kind: "result", data, facts: [], views: pictures[tool] ?? [recorded.table], answer };
    },
    logs: async () => recorded.logs,
    async upload(request) {
      for (const share of [0.3, 0.7, 1]) {
        await rest();
        request.onProgress?.("Reading rows", share);
      }
      if (/broken/.test(request.name)) {
        const where = {
          file: request.name,
          line: 3,
          column: "completed",
          expected: "a date like 31.12.2026 14:00",
        };
        throw new MillwrightError("unparsable-time", 422, "“31.02.2026” is not a date.", where);
      }
      return recorded.logs[0] as (typeof recorded.logs)[number];
    },
    async fact({ id }) {
      const fact = Object.values(recorded.facts).find((known) => known.id === id);
      if (!fact) throw new NotFoundError(`fact ${id}`);
      return { fact, rerun: { value: fact.value, agrees: true, columns: ["value"], rows: [[fact.value]] } };
    },
    monitor: async () => recorded.monitor,
    ledger: async ({ verify }) => ({
      entries: recorded.ledgerEntries,
      verified: verify ? { ok: true, entries: recorded.ledgerEntries.length, problem: null } : null,
    }),
    people: async () => recorded.people,
    async identify(credential) {
      if (!("person" in credential)) return null;
      return recorded.people.find((person) => person.id === credential.person) ?? null;
    },
  };
  return service;
}
