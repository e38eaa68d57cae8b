/** Takes a message: checks it, opens its thread, records it as the beginning of a turn; and ends turns. */
import type { Database } from "../db/client.ts";
import { openThread, updateThread } from "../db/queries/threads.ts";
import { readCalendar } from "../tools/inputs.ts";
import { EmptyMessageError, MessageTooLongError, TurnEndedError } from "./errors.ts";
import type { TurnRequest } from "./graph/state.ts";
import type { Limits, ServiceOptions } from "./options.ts";
import { zoneFor } from "./remembered.ts";
import type { SendRequest } from "./service.ts";
import { resolveSpeaker } from "./speaker.ts";
import { appendEvents, type Body, type ThreadKey } from "./threads/events.ts";
import type { Live } from "./threads/live.ts";

/** Checks a message and opens its thread. */
export async function accept(
  services: { readonly options: ServiceOptions; readonly limits: Limits },
  request: SendRequest,
): Promise<TurnRequest> {
  const { options, limits } = services;
  const { tenant } = request;
  const text = request.text.trim();
  if (text === "") throw new EmptyMessageError();
  if (text.length > limits.messageCharacters)
    throw new MessageTooLongError(text.length, limits.messageCharacters);
  const calendar = request.calendar === undefined ? {} : { calendar: readCalendar(request.calendar) };
  const person = await resolveSpeaker(options.database, tenant, request.person);
  const asking = { tenant, person: person?.id ?? null };
  const name = request.thread ?? options.newId();
  const thread = await openThread(options.database, asking, name, request.private === true);
  if (thread.title === "") await updateThread(options.database, tenant, name, { title: titleOf(text) });
  return {
    tenant,
    thread: name,
    turn: options.newId(),
    person: person?.id ?? null,
    channel: request.channel,
    text: text.toWellFormed().replaceAll("\0", "\ufffd"),
    log: request.log ?? null,
    now: (request.now ?? options.clock()).toISOString(),
    zone: await zoneFor(options.memory, { ...asking, thread: name }, request),
    ...calendar,
  };
}

function titleOf(text: string): string {
  const line = text.split("\n")[0]!.toWellFormed().replaceAll("\0", "");
  return line.length <= 80 ? line : `${[...line].slice(0, 79).join("")}…`;
}

/** Records the message; returns the `seq` before it. */
export async function recordMessage(database: Database, turn: TurnRequest): Promise<number> {
  const body: Body = { type: "message", text: turn.text, channel: turn.channel };
  return (await appendEvents(database, { ...turn, bodies: [body], hidden: turn })) - 1;
}

/** Ends a turn unless it has ended already. */
export async function recordEnd(
  database: Database,
  live: Live,
  turn: ThreadKey & { turn: string; person: string | null },
  body: Body,
): Promise<void> {
  try {
    await appendEvents(database, { ...turn, channel: null, bodies: [body] });
    live.wake(turn);
  } catch (error) {
    if (!(error instanceof TurnEndedError)) throw error;
  }
}
