/** Why a language model could not be reached, in words. */
import type { Message } from "../../../tools/define.ts";

export const reasons = {
  connection: { text: "the connection failed" },
  timeout: { text: "it took too long" },
  "rate-limit": { text: "its rate limit is reached" },
  overloaded: { text: "it is overloaded" },
  credit: { text: "its account has no credit left" },
  request: { text: "the request was not accepted" },
  key: { text: "the key was not accepted" },
  "not-allowed": { text: "the key may not use it" },
  "no-model": { text: "there is no model of that name" },
  "too-large": { text: "the request was too large" },
  failed: { text: "it failed" },
} satisfies Record<string, Message>;
export type AbsenceReason = keyof typeof reasons;

export const reasonText = (reason: AbsenceReason): string => reasons[reason].text;
