/** Arguments in the making. */
import type { ConnectedParameter } from "../../provider.ts";
import { lexiconOf } from "../text/lexicon.ts";
import { overlap, type Span, type Utterance } from "../text/utterance.ts";
import type { IndexedOperation } from "./operations.ts";
import type { Said } from "./said.ts";

export interface Filling {
  readonly said: Said;
  readonly of: IndexedOperation;
  readonly values: Map<ConnectedParameter, unknown>;
  readonly spans: Span[];
}

export const open = ({ of, values }: Filling): ConnectedParameter[] =>
  of.operation.parameters.filter((parameter) => !values.has(parameter));

export const taken = ({ spans }: Filling, span: Span): boolean => spans.some((other) => overlap(other, span));

export function take(
  { values, spans }: Filling,
  parameter: ConnectedParameter,
  value: unknown,
  span: Span,
): void {
  values.set(parameter, value);
  spans.push(span);
}

/** The next name, what is said of the gate or of the system, the end of the sentence. */
export function endOfValue({ said, spans }: Filling, from: number, next: number | null): number {
  const { text } = said.words;
  const stop = /[.!?。！？](?:\s|$)|[\n;；，]/u.exec(text.slice(from));
  const verb = said.acts.filter(({ end }) => /^[\s.!?。？]*$/u.test(text.slice(end)));
  const ends = [...said.gate, ...said.systemSpans, ...spans, ...verb]
    .filter(({ start }) => start > from)
    .map(({ start }) => start);
  const sentence = stop === null || next !== null ? text.length : from + stop.index;
  return Math.min(text.length, sentence, next ?? text.length, ...ends);
}

/** Without what leads to the next: "VPN down and with", "VPN down in the". */
export function trimmed(raw: string, { language, text }: Utterance, joins: boolean): string {
  const { functionStems } = lexiconOf(language);
  let value = raw.replace(edges, "").replace(courtesy, "").replace(edges, "");
  const ended = joins || !text.trimEnd().endsWith(raw.trim());
  for (;;) {
    const last = /(?:^|\s)(\p{L}+)$/u.exec(value);
    if (!ended || language.script !== null || !last || !functionStems.has(last[1]!.toLowerCase())) break;
    value = value.slice(0, last.index).replace(/[\s,;:]+$/u, "");
  }
  return language.script === null ? value : value.replace(/(?:的|を|で|に|という|の)$/u, "");
}

const edges = /^[\s"':：,，]+|[\s"',;:：，、.。!]+$/gu;
const courtesy =
  /[\s,]+(?:please|thanks|thank you|bitte|danke|s'il (?:te|vous) plaît|merci|por favor|gracias|per favore|grazie|obrigad[oa]|alsjeblieft|alstublieft|graag|proszę|dzięki)$/iu;
