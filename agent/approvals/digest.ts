import { canonicalJson, contentHash } from "../evidence/canonical.ts";

/** What an approval is bound to. */
export interface DigestInput {
  readonly tenant: string;
  readonly tool: string;
  readonly version: number;
  readonly input: unknown;
}

/** Hex SHA-256 over the RFC 8785 JSON of {tenant, tool, version, input}. */
export const proposalDigest = ({ tenant, tool, version, input }: DigestInput): string =>
  contentHash({ tenant, tool, version, input });

/** The input exactly as it is stored and executed: what JSON does not carry is gone before anybody decides. */
export const storedForm = (input: unknown): unknown => JSON.parse(canonicalJson(input));
