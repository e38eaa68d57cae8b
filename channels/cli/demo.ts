/**
 * The whole loop in one process, offline: where time is lost, a change proposed, the requester refused, an approver's
 * decision, one effect in another system, later events, the promise held against what happened, the ledger verified.
 * Every step asks the same service that people use, and fails when what it shows is not so.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { DecideResult, LogSummary, Person, ProposalCard, Reply } from "../contract.ts";
import type { Millwright } from "../main.ts";
import { DemoFailedError } from "./errors.ts";

/** The other system, a process of its own. */
export interface DemoTickets {
  readonly url: string;
  readonly port: number;
  /** Text of its OpenAPI file. */
  readonly specification: string;
  /** What is in it now. */
  list(): Promise<readonly { readonly id: string; readonly title: string }[]>;
  close(): Promise<void>;
}

export interface DemoWorld {
  readonly millwright: Millwright;
  readonly tickets: DemoTickets;
  /** Imports the generated log and returns its id. */
  importLog(): Promise<LogSummary>;
  /** What happens after the change has been made. */
  laterEvents(from: Date): readonly Readonly<Record<string, unknown>>[];
  /** A line for each step. */
  say(line: string): Promise<void>;
}

interface Demo extends DemoWorld {
  person(id: string): Promise<Person>;
  ask(text: string): Promise<Reply>;
}

const thread = "demo";

export async function runDemo(world: DemoWorld): Promise<void> {
  const { service, tenant } = world.millwright;
  const person = async (id: string) => {
    const found = await service.identify({ person: id, tenant });
    if (!found) throw new DemoFailedError(`there is no ${id}`);
    return found;
  };
  const maya = await person("maya");
  const log = await world.importLog();
  const ask = (text: string) =>
    service.ask({ person: maya, tenant, channel: "cli", thread, text, log: log.id });
  const demo: Demo = { ...world, person, ask };

  await world.say(`log       ${log.name}: ${log.cases} cases, ${log.events} events`);
  await connectTickets(demo);
  await showAnswer(demo, "where do we lose time?");
  const proposal = await proposeFix(demo);
  await refuseRequester(demo, proposal);
  await approveOnce(demo, proposal);
  await promiseAndMeasure(demo, log, proposal);
  await verifyLedger(demo);
}

async function connectTickets({ millwright, tickets, person, say }: Demo): Promise<void> {
  const { service, tenant } = millwright;
  const credential = {
    id: "tickets",
    scheme: "bearer",
    references: { token: "env:TICKETS_TOKEN" },
    settings: {},
  };
  const input = { specification: tickets.specification, id: "tickets", baseUrl: tickets.url, credential };
  await service.call({ person: await person("dev"), tenant, tool: "connectors.import", input });
  await say(
    `system    Dev imports the ticket system's OpenAPI file; it runs at ${tickets.url}, a process of its own`,
  );
}

async function showAnswer({ ask, say }: Demo, question: string): Promise<Reply> {
  const reply = await ask(question);
  const evidence = reply.facts.find((fact) => fact.sql !== null);
  await say(`ask       Maya: “${question}”`);
  await say(`answer    ${headlineOf(reply)}`);
  if (evidence) await say(`evidence  ${evidence.label}, from ${evidence.rows} rows: ${evidence.sql}`);
  return reply;
}

async function proposeFix({ ask, say, millwright }: Demo): Promise<ProposalCard> {
  const question = "optimise the staffing";
  await say(`ask       Maya: “${question}”`);
  await say(`answer    ${headlineOf(await ask(question))}`);
  await say("ask       Maya: “do it”");
  const reply = await ask("do it");
  const [summary] = reply.proposals;
  if (!summary) throw new DemoFailedError(`nothing was proposed: ${reply.reply}`);
  const cards = await millwright.service.proposals({ person: null, tenant: millwright.tenant });
  const card = cards.find(({ id }) => id === summary.id);
  if (!card) throw new DemoFailedError(`the proposal ${summary.id} is not listed`);
  await say(`proposal  ${card.summary}. Why: ${card.preview.why}`);
  await say(
    `          nothing has happened; ${card.approvers.join(" or ")} may decide until ${card.expires}`,
  );
  return card;
}

/** The person who asked may not approve, and the other system has nothing. */
async function refuseRequester(demo: Demo, proposal: ProposalCard): Promise<void> {
  const refusal = await decide(demo, "maya", proposal).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(refusal instanceof Error)) throw new DemoFailedError("the requester could approve her own proposal");
  if ((await demo.tickets.list()).length > 0)
    throw new DemoFailedError("a ticket was there before the approval");
  await demo.say(`gate      Maya approves her own proposal: refused. ${refusal.message}`);
}

/** Approved twice at once: one effect. */
async function approveOnce(demo: Demo, proposal: ProposalCard): Promise<void> {
  const both = await Promise.all([decide(demo, "ana", proposal), decide(demo, "ana", proposal)]);
  const state = await settledState(demo, proposal.id);
  const tickets = await demo.tickets.list();
  if (tickets.length !== 1) throw new DemoFailedError(`${tickets.length} tickets instead of one`);
  if (state !== "executed") throw new DemoFailedError(`the proposal is ${state}`);
  await demo.say(
    `approve   Ana approves, twice at once: ${both.filter(({ already }) => already).length} of 2 was told “already”`,
  );
  await demo.say(`effect    once in the ticket system: ${tickets[0]?.id} “${tickets[0]?.title}”`);
}

/** One of two approvals at once executes; the other may return while it does. */
async function settledState({ millwright }: Demo, id: string): Promise<string | undefined> {
  const { service, tenant } = millwright;
  for (let attempt = 0; ; attempt++) {
    const card = (await service.proposals({ person: null, tenant })).find((found) => found.id === id);
    if ((card?.state !== "executing" && card?.state !== "approved") || attempt === 100) return card?.state;
    await wait(100);
  }
}

async function decide(demo: Demo, who: string, { id, digest }: ProposalCard): Promise<DecideResult> {
  const { service, tenant } = demo.millwright;
  const person = await demo.person(who);
  return service.decide({ person, tenant, proposal: id, digest, verdict: "approve", channel: "cli" });
}

async function promiseAndMeasure(demo: Demo, log: LogSummary, proposal: ProposalCard): Promise<void> {
  const { service, tenant } = demo.millwright;
  const promise = proposal.preview.promise;
  if (!promise) throw new DemoFailedError("the proposal promises nothing");
  const hours = (seconds: number) => `${(seconds / 3600).toFixed(1)} h`;
  await demo.say(
    `promise   ${promise.metric}: ${hours(promise.before)} before, ${hours(promise.expected)} expected (${hours(promise.low)} to ${hours(promise.high)}); watched from now on`,
  );
  const events = demo.laterEvents(new Date(log.last ?? Date.now()));
  const added = await service.append({ person: await demo.person("arun"), tenant, log: log.id, events });
  await demo.say(
    `later     ${added.added} events of the weeks after it are appended; alerts raised: ${added.alerts}`,
  );
  const reply = await demo.ask("did it work?");
  const { promises } = await service.monitor({ person: null, tenant });
  const judged = (promises as { state?: string }[]).find(
    ({ state }) => state === "kept" || state === "missed",
  );
  if (!judged) throw new DemoFailedError(`the promise was not judged: ${JSON.stringify(promises)}`);
  await demo.say(`measured  ${headlineOf(reply)}`);
}

async function verifyLedger({ millwright, say }: Demo): Promise<void> {
  const { verified } = await millwright.service.ledger({
    person: null,
    tenant: millwright.tenant,
    verify: true,
  });
  if (!verified?.ok) throw new DemoFailedError(`the ledger does not hold: ${verified?.problem}`);
  await say(`ledger    verified: ${verified.entries} entries in one unbroken chain`);
}

const headlineOf = (reply: Reply): string => reply.answer?.headline ?? reply.reply.split("\n")[0] ?? "";
