import type { SendRequest } from "../../../agent/service.ts";
import type { Person } from "../../contract.ts";
import { instantOption, offsetOf } from "../arguments.ts";
import { askBatch } from "../batch.ts";
import { type Command, type CommandContext, type Invocation, text } from "../command.ts";
import type { Connection } from "../connection.ts";
import { UsageError } from "../errors.ts";
import { readKpis } from "../files.ts";
import { createLogResolver } from "../logs.ts";
import { planLines } from "../render/plan.ts";
import { drawReply } from "../render/reply.ts";
import { readCalendar } from "./calendar.ts";

export const ask: Command = {
  name: "ask",
  summary: "Ask about a process, or ask for a change: it is proposed, and a person with the right decides.",
  takes: '"TEXT" [options]',
  arity: [0, 1],
  options: {
    log: { type: "string", value: "LOG", description: "A file, or the name of a stored log" },
    "object-type": {
      type: "string",
      value: "TYPE",
      description: "Of a file that is object-centric: the objects that are the cases",
    },
    thread: {
      type: "string",
      value: "ID",
      description: "Go on with a thread; any text, an unknown one begins",
    },
    private: { type: "boolean", description: "Begin a thread that only this person sees" },
    as: { type: "string", value: "PERSON", description: "Who asks; a viewer without a name when absent" },
    kpis: { type: "string", value: "FILE", description: "JSON array of KPIs to add or replace first" },
    now: { type: "string", value: "TIME", description: "Fixes the clock for words and windows (ISO 8601)" },
    calendar: {
      type: "string",
      value: "FILE",
      description: "Count every duration in the working hours of this calendar (JSON)",
    },
    batch: {
      type: "string",
      value: "FILE",
      description: "JSON lines {id,text,log,thread,as}; `-` for standard input",
    },
  },
  async run(invocation, context) {
    const { options, positionals } = invocation;
    const question = positionals[0];
    const batch = text(options["batch"]);
    if ((question === undefined) === (batch === undefined)) {
      throw new UsageError("Ask one question, or give --batch FILE.", "ask");
    }
    if (question?.trim() === "") throw new UsageError("The question is empty.", "ask");
    const asking = await prepare(invocation, context);
    if (batch !== undefined) return askBatch(batch, asking, context.terminal);
    const listen = invocation.globals.json ? undefined : planLines(context.terminal);
    const reply = await asking.ask({ text: question ?? "", ...asking.defaults }, listen);
    await context.terminal.out(
      invocation.globals.json ? `${JSON.stringify(reply)}\n` : drawReply(reply, context.terminal),
    );
    return 0;
  },
};

/** One question: as the command line or a line of a batch gives it. */
export interface Question {
  readonly text: string;
  readonly log?: string;
  readonly thread?: string;
  readonly as?: string;
  readonly private?: boolean;
}

type Listen = Parameters<Connection["service"]["ask"]>[1];

export interface Asking {
  /** What lines of a batch do not say themselves. */
  readonly defaults: Omit<Question, "text">;
  ask(question: Question, listen?: Listen): ReturnType<Connection["service"]["ask"]>;
}

async function prepare({ options, globals }: Invocation, context: CommandContext): Promise<Asking> {
  const now = instantOption(options["now"], "ask");
  const zone = globals.zone ?? offsetOf(options["now"]);
  const kpis = text(options["kpis"]);
  const wanted = kpis === undefined ? [] : await readKpis(kpis);
  const calendar = text(options["calendar"]);
  const counted = calendar === undefined ? {} : { calendar: await readCalendar(calendar) };
  const connection = await context.connect();
  const as = text(options["as"]);
  const logs = createLogResolver(
    connection,
    { zone: globals.zone, objectType: text(options["object-type"]) },
    context,
  );
  if (wanted.length > 0) await connection.setKpis(await connection.person(as), wanted);
  const clock = { ...(now === undefined ? {} : { now }), ...(zone === undefined ? {} : { zone }) };
  return {
    defaults: defined({
      log: text(options["log"]),
      thread: text(options["thread"]),
      as,
      private: options["private"] === true ? true : undefined,
    }),
    async ask({ as: speaker, log, ...question }, listen) {
      const person = await connection.person(speaker);
      const known = log === undefined ? {} : { log: await logs.resolve(log, person) };
      const request = { ...base(connection, person, context), ...clock, ...counted, ...question, ...known };
      return connection.service.ask(request, listen);
    },
  };
}

function base(connection: Connection, person: Person | null, context: CommandContext) {
  const channel: SendRequest["channel"] = "cli";
  return { person, tenant: connection.tenant, channel, signal: context.signal };
}

type Defined<Shape> = { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> };

/** Without the keys that have no value. */
function defined<Shape extends object>(shape: Shape): Defined<Shape> {
  return Object.fromEntries(
    Object.entries(shape).filter(([, value]) => value !== undefined),
  ) as Defined<Shape>;
}
