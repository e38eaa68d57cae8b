/** What is said beside an answer that does not give all that was asked for. */
import type { Message } from "../../../tools/define.ts";
import type { Briefing } from "../provider.ts";
import { toolIndex } from "./frame/tool-index.ts";
import type { Reading } from "./link/reading.ts";
import { speaksOf } from "./obstacles/telling.ts";

/** Settings that were asked for and that no tool can honour: said beside the answer. */
export function reservations(
  reading: Reading,
  briefing: Briefing,
  frames: readonly { readonly tool: string; readonly input: Readonly<Record<string, unknown>> }[],
): Message[] {
  const { tools } = toolIndex(briefing.tools, reading.language);
  const supported =
    frames.some(({ input }) => input["calendar"] !== undefined) ||
    tools.some((tool) => speaksOf(tool, "calendar"));
  const clock =
    reading.concepts.has("calendar") && !supported
      ? [
          {
            text: "All times here are calendar time, around the clock; this question is not measured in business hours.",
          },
        ]
      : [];
  const reads = frames.every(({ tool }) =>
    briefing.tools.some(({ name, risk }) => name === tool && risk === "read"),
  );
  return reads && namesAddress(reading)
    ? [...clock, { text: "Nothing is sent to, or read from, an address or a path in a message." }]
    : clock;
}

/** Addresses of the web and of mail, and paths from a root. */
const address =
  /\b(?:[a-z][a-z\d+.-]*:\/\/|www\.)\S|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+|(?<![^\s"'`(])(?:~?\/(?:[\w.-]+\/)+|[a-z]:\\)\S/giu;

/** Something is to be sent somewhere, or read from there: no name of the log, nothing that was pasted. */
const namesAddress = ({ text, links, document }: Reading): boolean =>
  document === null &&
  [...text.matchAll(address)].some(
    ({ index, 0: found }) =>
      !links.some(({ kind, start, end }) => kind === "thing" && start < index + found.length && index < end),
  );
