/** Calls an operation: checks the arguments, authorizes, tries at most three times, records every attempt. */
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Database } from "../../db/client.ts";
import { MillwrightError } from "../../errors.ts";
import type { Traced } from "../define.ts";
import { authorize } from "./authorize.ts";
import { isRepeatable, type Operation } from "./core/operation.ts";
import { ArgumentError, type Arguments, buildRequest } from "./core/request.ts";
import { attempts, isSuccess, nextAttempt, type Outcome, retryAfter } from "./core/retry.ts";
import { argumentsSchema } from "./core/schema.ts";
import { withoutSecrets } from "./core/without-secrets.ts";
import { exchange, type HttpAnswer, type HttpFailure } from "./http-client.ts";
import { enter, leave } from "./protect.ts";
import type { ConnectorSettings } from "./settings.ts";
import { type Connector, recordCall } from "./store.ts";

/** Another system said no, or nothing. */
export class CallFailedError extends MillwrightError {
  readonly answerStatus: number | null;
  /** Whether the effect may be there all the same: the request went out and no answer came back. */
  readonly mayHaveHappened: boolean;
  override readonly noEffect: boolean;
  constructor(
    where: string,
    what: string,
    answerStatus: number | null,
    mayHaveHappened: boolean,
    tried: number,
  ) {
    super("call-failed", 502, `${where} ${what} (${tried} of at most ${attempts} attempts).`, {
      remedy:
        "The attempts are listed for review under failed calls; propose it again when the other system works.",
    });
    this.answerStatus = answerStatus;
    this.mayHaveHappened = mayHaveHappened;
    this.noEffect = !mayHaveHappened;
  }
}

export interface Call {
  readonly connector: Connector;
  readonly operation: Operation;
  readonly arguments: Arguments;
  readonly proposal?: string;
  readonly idempotencyKey?: string;
}

export interface CallResult {
  readonly status: number;
  /** Parsed JSON, else the text. */
  readonly body: unknown;
  readonly location: string | null;
}

interface Around {
  readonly database: Database;
  readonly tenant: string;
  readonly settings: ConnectorSettings;
  readonly signal: AbortSignal;
  readonly traced?: Traced | undefined;
}

// Formats are annotations in JSON Schema 2020-12; vendors' specifications name many of their own.
const validator = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, logger: false });

/** @throws ArgumentError naming each argument that does not fit the operation's schema */
export function checkArguments(operation: Operation, given: Arguments): void {
  const schema = argumentsSchema(operation.parameters);
  if (validator.validate(schema, given)) return;
  const errors = validator.errors ?? [];
  const message = errors.map(({ instancePath, message: text, params }) => {
    const extra = "additionalProperty" in params ? ` ("${String(params["additionalProperty"])}")` : "";
    return `${instancePath.slice(1).replaceAll("/", ".") || "arguments"} ${text ?? "is wrong"}${extra}`;
  });
  throw new ArgumentError(
    operation.id,
    message.slice(0, 5).join("; "),
    `the parameters of ${operation.method.toUpperCase()} ${operation.path}`,
  );
}

/**
 * @throws ArgumentError, AddressRefusedError, SecretError, CredentialError, CircuitOpenError before anything is sent;
 *   CallFailedError after the last attempt
 */
export async function callOperation(call: Call, around: Around): Promise<CallResult> {
  const { connector, operation } = call;
  checkArguments(operation, call.arguments);
  const request = buildRequest(connector.baseUrl, operation, call.arguments, call.idempotencyKey ?? null);
  const repeatable =
    isRepeatable(operation) && (operation.idempotencyHeader === null || call.idempotencyKey !== undefined);
  for (let attempt = 1; ; attempt += 1) {
    const authorized = await authorize(request, connector.credential, around.settings, around.signal);
    const answer = await tryOnce(call, authorized, attempt, around);
    if (answer.kind === "answer" && isSuccess(answer.status))
      return resultOf(answer, (text) => withoutSecrets(text, request, authorized));
    const wait = nextAttempt(
      attempt,
      outcomeOf(answer, around.settings.now()),
      repeatable,
      around.settings.random,
    );
    if (wait === null) throw failure(call, answer, attempt);
    await around.settings.wait(wait, around.signal);
  }
}

async function tryOnce(
  call: Call,
  request: Parameters<typeof exchange>[0],
  attempt: number,
  around: Around,
): Promise<HttpAnswer | HttpFailure> {
  await enter(call.connector.id, around.settings, around.signal);
  const began = around.settings.now().getTime();
  const answer = await sent(call.operation, request, around);
  const success = answer.kind === "answer" && isSuccess(answer.status);
  leave(call.connector.id, around.settings, answer.kind === "answer" && answer.status < 500);
  await recordCall(around.database, {
    id: around.settings.newId(),
    tenant: around.tenant,
    connector: call.connector.id,
    operation: call.operation.id,
    proposal: call.proposal ?? null,
    attempt,
    outcome: success ? "success" : "failure",
    status: answer.kind === "answer" ? answer.status : null,
    problem: success ? null : problemOf(answer),
    milliseconds: around.settings.now().getTime() - began,
  });
  return answer;
}

/** The exchange, as a step of the trace. */
function sent(
  { id, method }: Operation,
  request: Parameters<typeof exchange>[0],
  { settings, signal, traced = (_step, work) => work({ set: () => undefined }) }: Around,
): Promise<HttpAnswer | HttpFailure> {
  return traced({ kind: "connector", operation: id, method: method.toUpperCase() }, async (step) => {
    const answer = await exchange(request, { ...settings, signal });
    if (answer.kind === "answer") step.set({ "http.response.status_code": answer.status });
    return answer;
  });
}

const problemOf = (answer: HttpAnswer | HttpFailure): string =>
  answer.kind === "answer" ? `answered ${answer.status}` : `could not be reached: ${answer.reason}`;

function outcomeOf(answer: HttpAnswer | HttpFailure, now: Date): Outcome {
  if (answer.kind === "unreachable") return { kind: "unreachable", sent: answer.sent };
  const header = answer.headers["retry-after"];
  return {
    kind: "status",
    status: answer.status,
    retryAfterMs: retryAfter(typeof header === "string" ? header : null, now),
  };
}

function failure(call: Call, answer: HttpAnswer | HttpFailure, tried: number): CallFailedError {
  const where = `${call.connector.title}, ${call.operation.id},`;
  const uncertain = answer.kind === "unreachable" ? answer.sent : answer.status >= 500;
  return new CallFailedError(
    where,
    problemOf(answer),
    answer.kind === "answer" ? answer.status : null,
    uncertain,
    tried,
  );
}

function resultOf(answer: HttpAnswer, cleared: (text: string) => string): CallResult {
  const location = answer.headers["location"];
  return {
    status: answer.status,
    body: bodyOf({ ...answer, text: cleared(answer.text) }),
    location: typeof location === "string" ? cleared(location) : null,
  };
}

function bodyOf(answer: HttpAnswer): unknown {
  if (!String(answer.headers["content-type"] ?? "").includes("json") || answer.cut) return answer.text;
  try {
    return JSON.parse(answer.text);
  } catch (error) {
    if (error instanceof SyntaxError) return answer.text;
    throw error;
  }
}
