/**
 * Personal data a hosted model must not see: the names of people in logs and lists, found by what an attribute is
 * called. What is found is replaced before a message leaves, and put back when the answer comes (memory/redact.ts).
 */
import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  type MessageContent,
  SystemMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { createPseudonyms, type Pseudonyms } from "../../memory/redact.ts";
import { isPersonal } from "../../tools/inputs.ts";
import type { Briefing, FinalParts, LogBriefing, ToolOutcome } from "./provider.ts";

/** Values that stand for nobody. */
const nobody = new Set([
  "system",
  "batch",
  "auto",
  "automatic",
  "unknown",
  "none",
  "n/a",
  "na",
  "null",
  "other",
  "(none)",
]);

export interface PersonalOptions {
  readonly key: Uint8Array;
  readonly briefing: Briefing;
}

/** Pseudonyms for everybody who is named in the briefing or in what tools found. */
export function pseudonymsFor(
  { key, briefing }: PersonalOptions,
  messages: readonly BaseMessage[],
): Pseudonyms {
  const logs = briefing.log === null ? briefing.logs : [briefing.log, ...briefing.logs];
  const common = commonWords(logs);
  const found = new Set<string>(peopleOf(briefing));
  for (const outcome of outcomesIn(messages)) collect(outcome, found);
  const names = [
    ...kept(found, common),
    ...logs.flatMap((log) => kept(peopleOfLog(log), commonWords([log]))),
  ];
  return createPseudonyms({ key, tenant: briefing.tenant, names, common: ordinaryWords(logs) });
}

/**
 * Those that stand for somebody. A word that the log has for steps or other things, too, is none ("Credit check", "Web"),
 * unless it is written like a full name: whoever writes a name into another column must not lay it open.
 */
const kept = (names: Iterable<string>, common: ReadonlySet<string>): string[] =>
  [...names].filter((name) => {
    const folded = name.toLowerCase();
    return !nobody.has(folded) && (fullName.test(name) || !common.has(folded));
  });

/** Two to four words that all begin with a capital. */
const fullName = /^\p{Lu}[\p{L}'’.-]*(?:\s+\p{Lu}[\p{L}'’.-]*){1,3}$/u;

function peopleOf({ person, proposals }: Briefing): string[] {
  const own = person === null ? [] : [person.name, person.id];
  return [...own, ...proposals.flatMap(({ requester, approvers }) => [requester, ...approvers])];
}

const peopleOfLog = ({ vocabulary: { attributes, people = [] } }: LogBriefing): string[] => [
  ...attributes.filter(({ name }) => isPersonal(name)).flatMap(({ values }) => values),
  ...people,
];

/**
 * Words that are no part of a name by themselves: those that steps, attributes and values write small. A capital says
 * nothing: a person's name may stand in any column, and in the name of a step.
 */
const ordinaryWords = (logs: readonly LogBriefing[]): string[] =>
  logs
    .flatMap(({ vocabulary: { activities, attributes } }) => [
      ...activities.map(({ name }) => name),
      ...attributes.flatMap(({ name, values }) => (isPersonal(name) ? [] : [name, ...values])),
    ])
    .flatMap((text) => text.match(small) ?? []);

const small = /(?<![\p{L}\p{N}])\p{Ll}[\p{L}\p{N}]*/gu;

/** Steps, and values of what is no person. */
function commonWords(logs: readonly LogBriefing[]): Set<string> {
  const words = logs.flatMap(({ vocabulary: { activities, attributes } }) => [
    ...activities.map(({ name }) => name),
    ...attributes.flatMap(({ name, values }) => (isPersonal(name) ? [] : [name, ...values])),
  ]);
  return new Set(words.map((word) => word.toLowerCase()));
}

const outcomesIn = (messages: readonly BaseMessage[]): ToolOutcome[] =>
  messages.flatMap((message) => {
    const artifact = (message as { artifact?: ToolOutcome }).artifact;
    return artifact === undefined ? [] : [artifact];
  });

/** Names under keys of people; where people were grouped by, every name of a group. */
function collect(outcome: ToolOutcome, names: Set<string>): void {
  const grouped = stringsIn(outcome.input).some(isPersonal);
  const found =
    outcome.kind === "result" ? outcome.result : outcome.kind === "proposal" ? outcome.proposal : {};
  walk(found, (key, value) => {
    if (isPersonal(key) || (grouped && ofGroup.has(key))) names.add(value);
  });
}
const ofGroup: ReadonlySet<string> = new Set([
  "name",
  "group",
  "second",
  "value",
  "label",
  "from",
  "to",
  "row",
  "rows",
  "columns",
  "examples",
]);

/** Every string with the key that it, or the list that holds it, stands under. */
function walk(value: unknown, visit: (key: string, value: string) => void, key = ""): void {
  if (typeof value === "string") visit(key, value);
  else if (Array.isArray(value)) for (const item of value) walk(item, visit, key);
  else if (typeof value === "object" && value !== null) {
    for (const [name, item] of Object.entries(value)) walk(item, visit, name);
  }
}

function stringsIn(value: unknown): string[] {
  const found: string[] = [];
  walk(value, (_key, text) => found.push(text));
  return found;
}

/** A copy of a JSON value with every string mapped; keys too, for they may be names. */
function mapStrings<Value>(value: Value, map: (text: string) => string): Value {
  if (typeof value === "string") return map(value) as Value;
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, map)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [map(key), mapStrings(item, map)]),
  ) as Value;
}

/** The messages as they may leave. */
export const hideIn = (messages: readonly BaseMessage[], { hide }: Pseudonyms): BaseMessage[] =>
  messages.map((message) => hidden(message, hide));

function hidden(message: BaseMessage, hide: (text: string) => string): BaseMessage {
  const content = contentOf(message.content, hide);
  if (message instanceof SystemMessage) return new SystemMessage({ content });
  if (message instanceof HumanMessage) return new HumanMessage({ content });
  if (message instanceof ToolMessage) {
    const { tool_call_id, name, status } = message;
    return new ToolMessage({
      content,
      tool_call_id,
      ...(name === undefined ? {} : { name }),
      ...(status === undefined ? {} : { status }),
    });
  }
  if (message instanceof AIMessage) {
    const calls = (message.tool_calls ?? []).map((call) => ({ ...call, args: mapStrings(call.args, hide) }));
    const invalid = (message.invalid_tool_calls ?? []).map((call) => ({
      ...call,
      args: hide(call.args ?? ""),
    }));
    return new AIMessage({ content, tool_calls: calls, invalid_tool_calls: invalid });
  }
  throw new TypeError(`A ${message.getType()} message is not sent to a model`);
}

/** Thinking goes back as it came: it is signed, and the model had only pseudonyms to think with. */
function contentOf(content: MessageContent, hide: (text: string) => string): MessageContent {
  if (typeof content === "string") return hide(content);
  return content.map((block) => {
    if (block.type === "thinking" || block.type === "redacted_thinking") return block;
    if (block.type === "text") return { ...block, text: hide(String(block["text"])) };
    return block.type === "tool_use" ? { ...block, input: mapStrings(block["input"], hide) } : block;
  }) as MessageContent;
}

/** What came back, with the names where the pseudonyms stood. */
export function restoreIn(message: AIMessage, { restore }: Pseudonyms): AIMessage {
  const parts = message.additional_kwargs["millwright"] as FinalParts | undefined;
  return new AIMessage({
    content: typeof message.content === "string" ? restore(message.content) : message.content,
    tool_calls: (message.tool_calls ?? []).map((call) => ({ ...call, args: mapStrings(call.args, restore) })),
    invalid_tool_calls: (message.invalid_tool_calls ?? []).map((call) => ({
      ...call,
      args: restore(call.args ?? ""),
      error: restore(call.error ?? ""),
    })),
    additional_kwargs:
      parts === undefined
        ? message.additional_kwargs
        : { ...message.additional_kwargs, millwright: { ...mapStrings(parts, restore), state: parts.state } },
    response_metadata: message.response_metadata,
    ...(message.usage_metadata === undefined ? {} : { usage_metadata: message.usage_metadata }),
  });
}
