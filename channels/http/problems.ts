/** Every error leaves as RFC 9457 `application/problem+json`. */
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ZodError } from "zod";
import { MillwrightError, type Problem, toProblem } from "../../errors.ts";
import { InvalidRequestError, MethodNotAllowedError } from "./errors.ts";

export function problemResponse(context: Context, error: unknown): Response {
  const problem = problemOf(error);
  const response = context.body(JSON.stringify(problem), problem.status as ContentfulStatusCode, {
    "Content-Type": "application/problem+json; charset=utf-8",
  });
  if (error instanceof MethodNotAllowedError) response.headers.set("Allow", error.allowed);
  if (problem.status === 401) response.headers.set("WWW-Authenticate", 'Bearer realm="millwright"');
  return response;
}

/** The framework's own refusals (malformed JSON) become problems of ours. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HTTPException && error.status < 500) {
    return {
      ...toProblem(new InvalidRequestError(error.message || "The request is malformed.")),
      status: error.status,
    };
  }
  return toProblem(error);
}

export const isInternal = (error: unknown): boolean =>
  !(error instanceof MillwrightError) && problemOf(error).status >= 500;

/** Names the first field that is wrong, and how. */
export function invalid(error: ZodError): InvalidRequestError {
  const [issue] = error.issues;
  const path = issue?.path.join(".") ?? "";
  const message = issue?.message ?? "The request is not what this route takes.";
  return new InvalidRequestError(path ? `${path}: ${message}` : message, path || undefined);
}
