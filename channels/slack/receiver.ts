/**
 * Bolt's way in as a Hono route: checks the signature over the raw body, refuses a request that was sent before, answers
 * as soon as Bolt acknowledges, and lets the work go on behind the answer.
 */
import type { App, Receiver, ReceiverEvent } from "@slack/bolt";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { toProblem } from "../../errors.ts";
import type { Inbox } from "../inbox.ts";
import { verifySignature } from "./signature.ts";

export interface ReceiverOptions {
  readonly signingSecret: string;
  readonly inbox: Inbox;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

const largestBody = 1024 * 1024;
/** Slack waits three seconds for an acknowledgement. */
const acknowledgeMilliseconds = 2_900;

export class HonoReceiver implements Receiver {
  readonly routes: Hono;
  readonly #options: ReceiverOptions;
  readonly #running = new Set<Promise<unknown>>();
  #app: App | null = null;

  constructor(options: ReceiverOptions) {
    this.#options = options;
    this.routes = new Hono();
    this.routes.use("/slack/events", bodyLimit({ maxSize: largestBody }));
    this.routes.onError((error) => {
      const problem = toProblem(error);
      if (problem.status >= 500) options.onError(error);
      return Response.json(problem, {
        status: problem.status,
        headers: { "content-type": "application/problem+json" },
      });
    });
    this.routes.post("/slack/events", (context) => this.#receive(context.req.raw));
  }

  init(app: App): void {
    this.#app = app;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  /** Waits for the work behind the answers that were given. */
  async stop(): Promise<void> {
    await Promise.allSettled([...this.#running]);
  }

  async #receive(request: Request): Promise<Response> {
    const { headers } = request;
    const body = await request.text();
    const signature = headers.get("x-slack-signature") ?? undefined;
    const timestamp = headers.get("x-slack-request-timestamp") ?? undefined;
    verifySignature({ body, signature, timestamp }, this.#options.signingSecret, this.#options.now());
    const payload = parsePayload(body, headers.get("content-type") ?? "");
    if (payload["ssl_check"] !== undefined) return new Response("");
    if (payload["type"] === "url_verification") return Response.json({ challenge: payload["challenge"] });
    if (!(await this.#options.inbox.claim("slack-request", signature ?? ""))) return alreadyTaken(headers);
    return this.#process(payload, headers);
  }

  #process(body: Record<string, unknown>, headers: Headers): Promise<Response> {
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(new Response("", { status: 200 })), acknowledgeMilliseconds);
      const retry = headers.get("x-slack-retry-num");
      const event: ReceiverEvent = {
        body,
        ack: async (answer) => resolve(answerOf(answer)),
        ...(retry === null ? {} : { retryNum: Number(retry) }),
      };
      const work = (this.#app?.processEvent(event) ?? Promise.resolve())
        .catch(this.#options.onError)
        .finally(() => {
          clearTimeout(late);
          this.#running.delete(work);
          resolve(new Response("", { status: 404 }));
        });
      this.#running.add(work);
    });
  }
}

/** A retry of Slack's own within the same second is fine; anything else that repeats a signature is a replay. */
const alreadyTaken = (headers: Headers): Response =>
  headers.has("x-slack-retry-num")
    ? new Response("")
    : Response.json(
        {
          type: "urn:millwright:replayed",
          title: "Replayed",
          status: 409,
          detail: "This request was taken before.",
        },
        { status: 409, headers: { "content-type": "application/problem+json" } },
      );

function answerOf(answer: unknown): Response {
  if (answer === undefined || answer === null || answer === "") return new Response("");
  return typeof answer === "string" ? new Response(answer) : Response.json(answer);
}

/** JSON for events; a form whose `payload` is JSON for buttons. */
function parsePayload(body: string, contentType: string): Record<string, unknown> {
  if (!contentType.startsWith("application/x-www-form-urlencoded")) {
    return JSON.parse(body) as Record<string, unknown>;
  }
  const form = Object.fromEntries(new URLSearchParams(body));
  return typeof form["payload"] === "string"
    ? (JSON.parse(form["payload"]) as Record<string, unknown>)
    : form;
}
