/** Builds the HTTP request of an operation from its arguments. */
import { MillwrightError } from "../../../errors.ts";
import type { Operation, OperationParameter } from "./operation.ts";

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export class ArgumentError extends MillwrightError {
  override readonly noEffect = true;
  constructor(operation: string, message: string, expected: string) {
    super("argument", 422, `${operation}: ${message}`, {
      expected,
      remedy: "Correct the argument and propose it again.",
    });
  }
}

export type Arguments = Readonly<Record<string, unknown>>;

/**
 * @param baseUrl where the API is; the operation's path is appended to its path
 * @throws ArgumentError when a path argument is missing or would leave its segment
 */
export function buildRequest(
  baseUrl: string,
  operation: Operation,
  given: Arguments,
  idempotencyKey: string | null,
): HttpRequest {
  const url = new URL(baseUrl.replace(/\/$/, "") + fillPath(operation, given));
  const headers: Record<string, string> = { accept: "application/json" };
  for (const parameter of operation.parameters) {
    const value = given[parameter.name];
    if (value === undefined) continue;
    if (parameter.place === "query") appendQuery(url.searchParams, parameter, value);
    if (parameter.place === "header")
      headers[parameter.name.toLowerCase()] = headerText(operation, parameter, value);
  }
  if (idempotencyKey !== null && operation.idempotencyHeader)
    headers[operation.idempotencyHeader.toLowerCase()] = idempotencyKey;
  const body = bodyOf(operation, given["body"]);
  if (body !== null && operation.bodyType) headers["content-type"] = operation.bodyType;
  return { method: operation.method.toUpperCase(), url: url.href, headers, body };
}

function fillPath(operation: Operation, given: Arguments): string {
  return operation.path.replaceAll(/\{([^}]+)\}/g, (_hole, name: string) => {
    const value = scalar(given[name]);
    if (value === null || value === "" || value === "." || value === "..") {
      throw new ArgumentError(
        operation.id,
        `"${name}" in the path is missing or not usable`,
        "a non-empty text or number",
      );
    }
    return encodeURIComponent(value);
  });
}

const scalar = (value: unknown): string | null =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : null;

function appendQuery(query: URLSearchParams, parameter: OperationParameter, value: unknown): void {
  if (!Array.isArray(value)) {
    query.append(parameter.name, scalar(value) ?? JSON.stringify(value));
    return;
  }
  const texts = value.map((entry) => scalar(entry) ?? JSON.stringify(entry));
  if (parameter.joinedBy) query.append(parameter.name, texts.join(parameter.joinedBy));
  else for (const entry of texts) query.append(parameter.name, entry);
}

function headerText(operation: Operation, parameter: OperationParameter, value: unknown): string {
  const text = scalar(value) ?? JSON.stringify(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get in
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    throw new ArgumentError(
      operation.id,
      `the header "${parameter.name}" holds control characters`,
      "printable text",
    );
  }
  return text;
}

function bodyOf(operation: Operation, body: unknown): string | null {
  if (body === undefined || operation.bodyType === null) return null;
  if (operation.bodyType === "application/json") return JSON.stringify(body);
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body as Record<string, unknown>)) {
    for (const entry of Array.isArray(value) ? value : [value])
      form.append(name, scalar(entry) ?? JSON.stringify(entry));
  }
  return form.toString();
}
