/**
 * A Slack of ours for tests: the Web API methods that the channel uses, as strict as Slack documents them (tokens,
 * required fields, block rules, who may update what), and Slack's side of events and buttons: signed, retried with new
 * event ids, acknowledged within three seconds.
 */
import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { complaintsAbout } from "./block-rules.ts";
import { acceptSocket, type SocketConnection } from "./socket-connection.ts";

type Json = Record<string, unknown>;

export interface SentMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  text: string;
  blocks: Json[];
  /** Every state it had, the first included. */
  readonly history: { readonly text: string; readonly blocks: Json[]; readonly at: number }[];
}

export interface EphemeralMessage {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
}

export interface Delivery {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}

export interface DeliveryOptions {
  readonly eventId?: string;
  readonly retry?: number;
  readonly secret?: string;
  /** Seconds. */
  readonly timestamp?: number;
  /** Sends other bytes than were signed. */
  readonly tamper?: (body: string) => string;
}

export const team = "T1";
export const botUser = "UBOT";

export class SlackDouble {
  readonly botToken = `xoxb-${randomUUID()}`;
  readonly appToken = `xapp-${randomUUID()}`;
  readonly signingSecret = randomUUID();
  /** Envelopes that the app acknowledged over Socket Mode. */
  readonly acknowledged: string[] = [];
  readonly messages: SentMessage[] = [];
  readonly ephemerals: EphemeralMessage[] = [];
  /** Calls that Slack would have refused, with the reason. */
  readonly refusals: string[] = [];
  /** Where events go. */
  target = "";
  apiUrl = "";
  readonly #channels = new Map([
    ["C1", { im: false }],
    ["D1", { im: true }],
  ]);
  #socket: SocketConnection | null = null;
  #last = 1_770_000_000;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<this> {
    this.#server.on("upgrade", (request, socket) => {
      this.#socket = acceptSocket(request, socket, (message) =>
        this.acknowledged.push(String(message["envelope_id"])),
      );
      this.#socket.send({ type: "hello", num_connections: 1, connection_info: { app_id: "A1" } });
    });
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.apiUrl = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/`;
    return this;
  }

  get isConnected(): boolean {
    return this.#socket !== null;
  }

  /** The same payload as over HTTP, in an envelope, to the app that holds a socket. */
  deliverBySocket(event: Json): string {
    const envelope = randomUUID();
    const payload = {
      team_id: team,
      api_app_id: "A1",
      event,
      type: "event_callback",
      event_id: `Ev${envelope}`,
    };
    this.#socket?.send({
      envelope_id: envelope,
      type: "events_api",
      payload,
      accepts_response_payload: false,
    });
    return envelope;
  }

  async stop(): Promise<void> {
    this.#socket?.end();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  nextTs(): string {
    this.#last += 1;
    return `${this.#last}.000100`;
  }

  /** Somebody mentions the bot in a channel. Slack sends `app_mention`, and `message` where that is subscribed too. */
  mention(text: string, user: string, more: { ts?: string; thread_ts?: string } = {}): Json {
    const ts = more.ts ?? this.nextTs();
    const thread = more.thread_ts === undefined ? {} : { thread_ts: more.thread_ts };
    return {
      type: "app_mention",
      user,
      text: `<@${botUser}> ${text}`,
      ts,
      ...thread,
      channel: "C1",
      event_ts: ts,
    };
  }

  directMessage(text: string, user: string): Json {
    const ts = this.nextTs();
    return { type: "message", channel_type: "im", user, text, ts, channel: "D1", event_ts: ts };
  }

  deliver(event: Json, options: DeliveryOptions = {}): Promise<Delivery> {
    const body = JSON.stringify({
      token: "verification",
      team_id: team,
      api_app_id: "A1",
      event,
      type: "event_callback",
      event_id: options.eventId ?? `Ev${randomUUID()}`,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [{ team_id: team, user_id: botUser, is_bot: true, enterprise_id: null }],
    });
    return this.#post(body, "application/json", options);
  }

  verifyUrl(challenge: string): Promise<Delivery> {
    return this.#post(
      JSON.stringify({ token: "v", challenge, type: "url_verification" }),
      "application/json",
      {},
    );
  }

  /** Presses the button with this action id on a message that stands there. */
  press(
    message: SentMessage,
    actionId: string,
    user: string,
    options: DeliveryOptions = {},
  ): Promise<Delivery> {
    const elements = message.blocks.flatMap((block) => (block["elements"] as Json[] | undefined) ?? []);
    const button = elements.find((element) => element["action_id"] === actionId);
    if (!button) throw new Error(`There is no button ${actionId} on the message.`);
    return this.pressButton(message, button, user, options);
  }

  /** What Slack sends for a press of a button, also of one that has gone meanwhile. */
  pressButton(
    message: SentMessage,
    button: Json,
    user: string,
    options: DeliveryOptions = {},
  ): Promise<Delivery> {
    const payload = {
      type: "block_actions",
      team: { id: team, domain: "example" },
      user: { id: user, username: user, name: user, team_id: team },
      api_app_id: "A1",
      token: "verification",
      container: { type: "message", message_ts: message.ts, channel_id: message.channel },
      trigger_id: randomUUID(),
      channel: { id: message.channel, name: "ops" },
      message: {
        type: "message",
        user: botUser,
        ts: message.ts,
        thread_ts: message.threadTs,
        text: message.text,
      },
      response_url: "https://hooks.slack.invalid/actions",
      actions: [{ ...button, block_id: "b", action_ts: this.nextTs() }],
    };
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    return this.#post(body, "application/x-www-form-urlencoded", options);
  }

  async #post(body: string, contentType: string, options: DeliveryOptions): Promise<Delivery> {
    const timestamp = String(options.timestamp ?? Math.floor(Date.now() / 1000));
    const hmac = createHmac("sha256", options.secret ?? this.signingSecret).update(`v0:${timestamp}:${body}`);
    const headers: Record<string, string> = {
      "content-type": contentType,
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${hmac.digest("hex")}`,
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    };
    if (options.retry !== undefined) {
      headers["x-slack-retry-num"] = String(options.retry);
      headers["x-slack-retry-reason"] = "http_timeout";
    }
    const begun = performance.now();
    const sent = options.tamper ? options.tamper(body) : body;
    const response = await fetch(this.target, { method: "POST", headers, body: sent });
    return { status: response.status, body: await response.text(), milliseconds: performance.now() - begun };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = new URL(request.url ?? "/", "http://x").pathname.replace("/api/", "");
    const answer = this.#answer(
      method,
      request,
      parameters(await textOf(request), request.headers["content-type"]),
    );
    if (answer["ok"] === false) this.refusals.push(`${method}: ${JSON.stringify(answer)}`);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer));
  }

  #answer(method: string, request: IncomingMessage, fields: Json): Json {
    const token = request.headers.authorization?.replace("Bearer ", "") ?? fields["token"];
    if (request.method !== "POST" || token === undefined) return refused("not_authed");
    if (method === "apps.connections.open") {
      if (token !== this.appToken) return refused("not_allowed_token_type");
      return {
        ok: true,
        url: `${this.apiUrl.replace("http", "ws").replace("/api/", "/link")}?ticket=${randomUUID()}`,
      };
    }
    if (token !== this.botToken) return refused("invalid_auth");
    if (method === "auth.test") {
      const names = { url: "https://example.slack.com/", team: "Example", user: "millwright" };
      return { ok: true, ...names, team_id: team, user_id: botUser, bot_id: "B1" };
    }
    const methods: Readonly<Record<string, (fields: Json) => Json>> = {
      "chat.postMessage": (given) => this.#postMessage(given),
      "chat.update": (given) => this.#update(given),
      "chat.postEphemeral": (given) => this.#postEphemeral(given),
    };
    return methods[method]?.(fields) ?? refused("unknown_method");
  }

  #postMessage(fields: Json): Json {
    const channel = String(fields["channel"] ?? "");
    const problem = this.#contentProblem(fields);
    if (problem) return problem;
    const threadTs = fields["thread_ts"] as string | undefined;
    if (threadTs !== undefined && !/^\d{10}\.\d{6}$/.test(threadTs)) return refused("invalid_thread_ts");
    const ts = this.nextTs();
    const [text, blocks] = [String(fields["text"] ?? ""), (fields["blocks"] as Json[] | undefined) ?? []];
    this.messages.push({ channel, ts, threadTs, text, blocks, history: [{ text, blocks, at: Date.now() }] });
    return { ok: true, channel, ts, message: { text, ts, user: botUser } };
  }

  #update(fields: Json): Json {
    const { channel, ts } = fields;
    const problem = this.#contentProblem(fields);
    if (problem) return problem;
    const message = this.messages.find((sent) => sent.channel === channel && sent.ts === ts);
    if (!message) return refused("message_not_found");
    message.text = String(fields["text"] ?? message.text);
    if (fields["blocks"] !== undefined) message.blocks = fields["blocks"] as Json[];
    message.history.push({ text: message.text, blocks: message.blocks, at: Date.now() });
    return { ok: true, channel, ts, text: message.text };
  }

  #postEphemeral(fields: Json): Json {
    const problem = this.#contentProblem(fields);
    if (problem) return problem;
    const user = fields["user"];
    if (typeof user !== "string" || user === "") return refused("invalid_arguments");
    this.ephemerals.push({ channel: String(fields["channel"]), user, text: String(fields["text"]) });
    return { ok: true, message_ts: this.nextTs() };
  }

  #contentProblem(fields: Json): Json | null {
    if (!this.#channels.has(String(fields["channel"] ?? ""))) return refused("channel_not_found");
    const { text, blocks } = fields;
    const complaints = blocks === undefined ? [] : complaintsAbout(blocks);
    if (complaints.length > 0)
      return { ...refused("invalid_blocks"), response_metadata: { messages: complaints } };
    const none = blocks === undefined || (blocks as Json[]).length === 0;
    if ((typeof text !== "string" || text === "") && none) return refused("no_text");
    return typeof text === "string" && text.length > 40_000 ? refused("msg_too_long") : null;
  }
}

const refused = (error: string): Json => ({ ok: false, error });

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}

/** A form (whose `blocks` is JSON), or JSON. */
function parameters(body: string, contentType = ""): Json {
  if (contentType.startsWith("application/json")) return JSON.parse(body) as Json;
  const fields: Json = Object.fromEntries(new URLSearchParams(body));
  if (typeof fields["blocks"] === "string") fields["blocks"] = JSON.parse(fields["blocks"]);
  return fields;
}
