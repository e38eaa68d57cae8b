/** Slack's request signatures, version 0 (docs.slack.dev, verifying requests from Slack). */
import { createHmac, timingSafeEqual } from "node:crypto";
import { SignatureRefusedError } from "./errors.ts";

/** A request is taken within five minutes of its timestamp, either way. */
export const windowSeconds = 300;

export interface SignedRequest {
  /** The body's bytes as they came. */
  readonly body: string;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

export const sign = (secret: string, timestamp: string, body: string): string =>
  `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;

/** Throws unless the request was signed with the secret, lately. `now` in milliseconds. */
export function verifySignature(request: SignedRequest, secret: string, now: number): void {
  const { timestamp, signature, body } = request;
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp))
    throw new SignatureRefusedError("no timestamp");
  if (signature === undefined) throw new SignatureRefusedError("no signature");
  if (Math.abs(now / 1000 - Number(timestamp)) > windowSeconds) {
    throw new SignatureRefusedError("its timestamp is more than five minutes away");
  }
  const expected = Buffer.from(sign(secret, timestamp, body));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new SignatureRefusedError("the signature does not match");
  }
}
