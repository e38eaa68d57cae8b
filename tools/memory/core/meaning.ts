import { z } from "zod";

/** What code can do with a memory; empty where it is only text. */
export const Meaning = z.object({
  phrase: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe("Words that may take the term's place in a question"),
  deadline: z.string().optional().describe("Late is what ends after this time attribute of the case"),
  seconds: z.number().positive().optional().describe("Late is what takes longer, in seconds"),
  language: z.string().min(2).optional().describe("BCP 47 code of the language that replies are wanted in"),
  calendar: z.string().optional().describe("Count durations by this business calendar"),
  kpi: z.string().optional().describe("Name of a KPI"),
  zone: z.string().optional().describe("IANA time zone that words about time are meant in"),
});
export type Meaning = z.infer<typeof Meaning>;

/** Longer than anybody says, shorter than a document. */
export const longestText = 2_000;

/** Words and nothing else count when it is asked who wrote something. */
const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Whether what is to be kept stands in what somebody wrote, word for word. */
export function isSaidIn(text: string, messages: readonly string[]): boolean {
  const wanted = ` ${plain(text)} `;
  return wanted.trim() !== "" && messages.some((message) => ` ${plain(message)} `.includes(wanted));
}
