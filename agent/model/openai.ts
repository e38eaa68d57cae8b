/**
 * Servers that speak OpenAI's chat completions: hosted ones, gateways, models on one's own machines. A client of our own:
 * most such servers are not the original and differ in what a library takes for granted (docs/decisions/2026-11-30-a-chat-client-of-our-own.md).
 */
import { type HostedSettings, hostedProvider } from "./hosted.ts";
import { chatFailure } from "./openai-failures.ts";
import { adapted, chatRequest, type Dialect, usualDialect } from "./openai-request.ts";
import { ChatApiError, CompletionReader, eventsIn } from "./openai-stream.ts";
import { patientFetch } from "./patient-fetch.ts";
import { type OwnPrice, ownPrice } from "./prices.ts";
import type { ModelProvider } from "./provider.ts";
import { readSecret } from "./secret.ts";
import { estimatedTokens, type WireUsage } from "./usage.ts";
import { type Attempt, DroppedStreamError, type WireReply } from "./wire.ts";

export interface OpenAiOptions extends Partial<HostedSettings> {
  /** What stands before `/chat/completions`: `https://host/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Where the key is: `env:NAME` or `file:/path`; absent for a server that asks for none. */
  readonly apiKey?: string;
  /** Tokens a reply may have. */
  readonly maxTokens?: number;
  /** How long the server may say nothing before an attempt is given up. */
  readonly silenceMilliseconds?: number;
  /** What it charges; null where that is not known. */
  readonly price?: OwnPrice | null;
}

export function openAiProvider(options: OpenAiOptions): ModelProvider {
  const { model, maxTokens = 8192, price = null } = options;
  const { apiKey } = options;
  if (apiKey !== undefined) readSecret(apiKey);
  const server = new ChatServer(options, maxTokens);
  const attempt = (one: Attempt): Promise<WireReply> => server.ask(one);
  return {
    ...hostedProvider("openai-compatible", { model, maxTokens, attempt, failureOf: chatFailure }, options),
    ...ownPrice(price),
  };
}

class ChatServer {
  readonly #options: OpenAiOptions;
  readonly #maxTokens: number;
  readonly #url: string;
  readonly #fetch: typeof fetch;
  /** What this server has refused once is not sent again. */
  #dialect: Dialect = usualDialect;

  constructor(options: OpenAiOptions, maxTokens: number) {
    this.#options = options;
    this.#maxTokens = maxTokens;
    this.#url = `${options.baseUrl.replace(/\/+$/u, "")}/chat/completions`;
    this.#fetch = patientFetch(options.silenceMilliseconds ?? 45_000);
  }

  async ask({ prompt, signal, meter }: Attempt): Promise<WireReply> {
    const { model } = this.#options;
    const dialect = this.#dialect;
    const body = JSON.stringify(chatRequest(prompt, { model, maxTokens: this.#maxTokens, dialect }));
    const response = await this.#send(body, signal);
    if (!response.ok) {
      const error = await errorOf(response);
      const other =
        response.status === 400 || response.status === 422 ? adapted(dialect, error.message) : null;
      if (other === null) throw error;
      this.#dialect = other;
      return this.ask({ prompt, signal, meter });
    }
    const reader = new CompletionReader();
    try {
      return await read(response, reader);
    } finally {
      const { usage } = reader;
      meter.usage = usage ?? estimated(body, reader.received);
      meter.estimated = usage === null;
    }
  }

  async #send(body: string, signal: AbortSignal | undefined): Promise<Response> {
    const { apiKey } = this.#options;
    return this.#fetch(this.#url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream, application/json",
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${readSecret(apiKey)}` }),
      },
      body,
      // A key is not carried to where a server sends us.
      redirect: "error",
      ...(signal === undefined ? {} : { signal }),
    });
  }
}

const estimated = (sent: string, received: string): WireUsage => ({
  input: estimatedTokens(sent),
  output: estimatedTokens(received),
  cacheRead: 0,
  cacheWrite: 0,
});

async function errorOf(response: Response): Promise<ChatApiError> {
  const text = await response.text();
  return new ChatApiError(response.status, parsed(text) ?? text.slice(0, 500), response.headers);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A stream by its events; a body that is no stream is one message. */
async function read(response: Response, reader: CompletionReader): Promise<WireReply> {
  if (response.headers.get("content-type")?.includes("application/json") === true) {
    reader.add(chunk(await response.text()));
    return reader.finish(true);
  }
  let ended = false;
  for await (const data of eventsIn(response.body as AsyncIterable<Uint8Array>)) {
    if (data.trim() === "[DONE]") {
      ended = true;
      break;
    }
    reader.add(chunk(data));
  }
  return reader.finish(ended);
}

/** What is no JSON is a message that did not come whole. */
function chunk(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new DroppedStreamError({ cause: error });
    throw error;
  }
}
