/** The real doors of a running server: HTTP, the web chat, Slack (its double) and the command line. */
import { execFile } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Served, serve } from "../../channels/main.ts";
import { MillwrightError } from "../../errors.ts";
import { SlackDouble } from "../../tests/systems/slack/slack-double.ts";
import type { Door, Handed } from "../parity.ts";
import { clock } from "../suites.ts";

interface Asked {
  readonly text: string;
  readonly person: string;
}

export interface Channels {
  readonly served: Served;
  ask(door: Door, asked: Asked): Promise<Handed>;
  close(): Promise<void>;
}

class ChannelError extends MillwrightError {
  constructor(door: Door, why: string) {
    super("eval-channel", 502, `The ${door} channel gave no answer: ${why}`, {
      remedy: "Ask the same there by hand.",
    });
  }
}

export interface ChannelOptions {
  readonly data: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly report: (error: unknown, where: string) => void;
}

/** Starts the server over a data folder, with Slack connected. */
export async function openChannels({ data, environment, report }: ChannelOptions): Promise<Channels> {
  const slack = await new SlackDouble().start();
  const served = await serve({
    data,
    port: 0,
    host: "127.0.0.1",
    samples: false,
    site: data,
    now: clock,
    report,
    environment: {
      ...environment,
      ANTHROPIC_API_KEY: "",
      MILLWRIGHT_MODEL_URL: "",
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      MILLWRIGHT_URL: "https://millwright.example",
    },
  });
  slack.target = `${served.address}/slack/events`;
  let asked = 0;
  const askers: Readonly<Record<Door, (asked: Asked, thread: string) => Promise<Handed>>> = {
    http: (request, thread) => overHttp(served, request, thread),
    web: (request, thread) => inTheWebChat(served, request, thread),
    cli: (request, thread) => onTheCommandLine(data, request, thread),
    slack: (request) => inSlack(slack, served, request),
  };
  return {
    served,
    ask(door, request) {
      asked += 1;
      return askers[door](request, `eval-${door}-${asked}`);
    },
    async close() {
      await served.close();
      await slack.stop();
    },
  };
}

interface PlainReply {
  readonly reply: string;
  readonly facts: readonly { readonly id: string; readonly value: number }[];
}

const handed = ({ reply, facts }: PlainReply): Handed => ({
  facts: facts.map(({ id, value }) => ({ id, value })),
  figuresOnly: false,
  text: reply,
});

/** A token of the person's own, as a program would have it. */
async function headersFor({ millwright }: Served, person: string): Promise<Record<string, string>> {
  const admin = await millwright.service.identify({ person: "dev", tenant: millwright.tenant });
  if (admin === null) throw new ChannelError("http", "there is no administrator");
  const token = await millwright.issueToken(admin, person, "eval");
  return { authorization: `Bearer ${token}`, "content-type": "application/json" };
}

async function overHttp(served: Served, { text, person }: Asked, thread: string): Promise<Handed> {
  const response = await fetch(`${served.address}/v1/threads/${thread}/messages`, {
    method: "POST",
    headers: { ...(await headersFor(served, person)), accept: "application/json" },
    body: JSON.stringify({ text }),
  });
  if (!response.ok) throw new ChannelError("http", await response.text());
  return handed((await response.json()) as PlainReply);
}

/** The reply is a part of the stream. */
async function inTheWebChat(served: Served, { text, person }: Asked, thread: string): Promise<Handed> {
  const response = await fetch(`${served.address}/v1/chat`, {
    method: "POST",
    headers: await headersFor(served, person),
    body: JSON.stringify({ id: thread, message: { parts: [{ type: "text", text }] } }),
  });
  const lines = (await response.text()).split("\n").filter((line) => line.startsWith("data: {"));
  const parts = lines.map((line) => JSON.parse(line.slice(6)) as { type: string; data?: unknown });
  const reply = parts.find(({ type }) => type === "data-reply");
  if (reply === undefined) throw new ChannelError("web", lines.at(-1) ?? `${response.status}`);
  return handed(reply.data as PlainReply);
}

const commandLine = fileURLToPath(new URL("../../channels/cli/main.js", import.meta.url));

/** A process of its own, which finds the server by the lock. */
async function onTheCommandLine(data: string, { text, person }: Asked, thread: string): Promise<Handed> {
  const words = ["ask", text, "--json", "--data", data, "--as", person, "--thread", thread];
  const { stdout } = await promisify(execFile)(process.execPath, [commandLine, ...words], {
    maxBuffer: 1 << 26,
  });
  return handed(JSON.parse(stdout) as PlainReply);
}

const patience = 60_000;

/** Slack shows figures as marks that lead to their evidence. */
async function inSlack(slack: SlackDouble, { millwright }: Served, { text, person }: Asked): Promise<Handed> {
  await millwright.linkIdentity(person, "slack", `T1/U-${person}`);
  const question = slack.mention(text, `U-${person}`);
  await slack.deliver(question);
  const until = performance.now() + patience;
  while (performance.now() < until) {
    const answer = slack.messages.find(({ threadTs }) => threadTs === question["ts"]);
    const shown = JSON.stringify(answer?.blocks ?? []);
    if (shown.includes("panel=fact/")) return shownFacts(shown);
    await wait(50);
  }
  throw new ChannelError("slack", slack.refusals.join("; ") || `nothing within ${patience / 1000} s`);
}

function shownFacts(shown: string): Handed {
  const ids = [...shown.matchAll(/panel=fact\/(f[0-9a-f]{8})/g)].map(([, id]) => id ?? "");
  return { facts: [...new Set(ids)].map((id) => ({ id, value: null })), figuresOnly: true, text: shown };
}
