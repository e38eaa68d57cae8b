import { InvalidRequestError } from "./errors.ts";

/** Parses JSON that stands in a field; the error names the field. */
export function jsonBody(text: string, field: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidRequestError(`${field} is not JSON: ${(error as Error).message}`, field);
  }
}
