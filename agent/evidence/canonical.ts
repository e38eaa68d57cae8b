/** RFC 8785 (JSON Canonicalization Scheme) and SHA-256 over it. */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** Canonical JSON: sorted keys, ECMAScript numbers, no white space. Throws for what JSON does not have. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("Only JSON values have a canonical form");
  return text;
}

/** Hex SHA-256 of the canonical JSON. */
export const contentHash = (value: unknown): string =>
  createHash("sha256").update(canonicalJson(value)).digest("hex");
