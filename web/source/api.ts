/** Calls of the HTTP API. What fails throws a `RequestError` that holds the server's problem details. */
import type { Problem } from "../../channels/contract.ts";

export class RequestError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "RequestError";
    this.problem = problem;
  }
}

const problemMembers = ["type", "title", "status", "detail"] as const;

export function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && problemMembers.every((member) => member in value);
}

const unreachable: Problem = {
  type: "urn:millwright:unreachable",
  title: "Not reachable",
  status: 0,
  detail: "Millwright's server does not answer.",
  remedy: "See that it still runs, then try again. Nothing you sent before is lost.",
};

/** The problem a thrown thing stands for: a server's own, a network that is down, or something broken here. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof RequestError) return error.problem;
  if (isProblem(error)) return error;
  if (error instanceof TypeError && /fetch|network/i.test(error.message)) return unreachable;
  const detail = error instanceof Error ? error.message : String(error);
  return fromJson(detail) ?? { type: "about:blank", title: "Something failed", status: 500, detail };
}

/** `useChat` hands an HTTP problem over as the text of its body. */
function fromJson(text: string): Problem | null {
  if (!text.startsWith("{")) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isProblem(value) ? value : null;
  } catch {
    return null;
  }
}

async function refuse(response: Response): Promise<never> {
  const body: unknown = await response.json().catch(() => null);
  throw new RequestError(
    isProblem(body)
      ? body
      : {
          type: "about:blank",
          title: response.statusText || "Refused",
          status: response.status,
          detail: `The server answered ${response.status} to this request.`,
        },
  );
}

export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly body?: unknown;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

export async function request(path: string, options: RequestOptions = {}): Promise<Response> {
  const response = await fetch(path, {
    method: options.method ?? "GET",
    headers: {
      accept: options.accept ?? "application/json",
      ...(options.body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  return response.ok ? response : refuse(response);
}

/** JSON of a route; null where it answers without a body. */
export async function requestJson<Result>(path: string, options: RequestOptions = {}): Promise<Result> {
  const response = await request(path, options);
  const text = await response.text();
  return (text === "" ? null : JSON.parse(text)) as Result;
}
