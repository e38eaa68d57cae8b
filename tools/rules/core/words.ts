/**
 * From a person's words to a rule: "if order > $500, escalate", "if delay > 2h, notify manager",
 * "escalate every order over $500 that waits more than 2 hours". Words are looked up among the log's own
 * attributes and activities; what fits two of them equally well is asked, what fits none is said.
 */
import type { Comparator, Condition, Literal, Operand } from "./condition.ts";
import { allOf } from "./condition.ts";
import {
  AmbiguousRuleTermError,
  ConditionSyntaxError,
  RuleWordsError,
  UnknownRuleTermError,
} from "./errors.ts";
import { nearest, normalizeName, similarity } from "./nearest.ts";
import { parseCondition } from "./parse-condition.ts";
import type { ConditionSchema } from "./schema.ts";

export interface RuleFromWords {
  readonly condition: Condition;
  /** snake_case: `escalate`, `notify_manager`. */
  readonly action: string;
  /** How a word was read, where it is not the name as it stands: "order" → order_value. */
  readonly readings: readonly { readonly words: string; readonly means: string }[];
}

/** Values of text attributes, so that "from Germany" finds `country = "Germany"`. */
export type AttributeValues = ReadonlyMap<string, readonly string[]>;

const comparators: readonly (readonly [RegExp, Comparator])[] = [
  [/^(?:>=|≥|at least|no less than|not less than|not below|or more)$/i, ">="],
  [/^(?:<=|≤|at most|no more than|not more than|not above|up to)$/i, "<="],
  [/^(?:!=|≠|<>|is not|isn't|not equal to|other than)$/i, "!="],
  [
    /^(?:>|over|above|more than|greater than|higher than|longer than|larger than|bigger than|exceeds?|exceeding|beyond|past)$/i,
    ">",
  ],
  [/^(?:<|under|below|less than|lower than|smaller than|shorter than|fewer than)$/i, "<"],
  [/^(?:=|==|is|are|equals?|equal to)$/i, "="],
];

const comparatorWords =
  "at least|at most|no less than|not less than|no more than|not more than|not below|not above|up to|is not|isn't|not equal to|other than|more than|greater than|higher than|longer than|larger than|bigger than|less than|lower than|smaller than|shorter than|fewer than|over|above|exceeds?|exceeding|beyond|past|under|below|equals?|equal to|is|are";

/** Words that lead to an amount and to nothing else. */
const limits =
  /\b(?:at least|at most|no less than|no more than|more than|less than|longer than|shorter than|higher than|lower than|exceeds?|exceeding)\b/i;

const amount = String.raw`(?<currency>[$€£¥]|(?:usd|eur|gbp)\s)?\s*(?<number>\d[\d,]*(?:\.\d+)?)\s*(?<thousand>k\b)?\s*(?<unit>(?:milliseconds?|seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|w)\b)?(?<currencyAfter>\s*(?:[$€£¥]|(?:usd|eur|gbp|dollars?|euros?|pounds?)\b))?`;
const comparison = new RegExp(
  String.raw`(?<subject>.*?)\s*(?<comparator>[<>]=|!=|<>|==|[≥≤≠<>=]|(?<![\p{L}\p{N}_])(?:${comparatorWords})(?![\p{L}\p{N}_]))\s*(?:${amount}|["'“‘](?<text>.*?)["'”’]|(?<truth>true|false|yes|no)\b)`,
  "iu",
);

const actionWords: readonly (readonly [RegExp, string | null])[] = [
  [
    /\b(?:notify|alert|inform|tell|message|warn|ping|remind)\s+(?:the\s+|our\s+|their\s+|my\s+)?(?<who>[\p{L}]+(?:\s+(?:manager|lead|team|owner|desk))?)/iu,
    "notify",
  ],
  [/\b(?:auto[- ]?approve|approve (?:them |it )?automatically)\b/i, "auto_approve"],
  [
    /\bescalate(?:d)?(?:\s+(?:it|them))?(?:\s+to\s+(?:the\s+)?(?<who>[\p{L}]+(?:\s+manager)?))?/iu,
    "escalate",
  ],
  [
    /\b(?:assign|route|send|forward)\s+(?:it\s+|them\s+)?to\s+(?:the\s+)?(?<who>[\p{L}]+(?:\s+[\p{L}]+)?)/iu,
    "assign_to",
  ],
  [/\b(?:prioriti[sz]e|expedite|fast[- ]?track)\b/i, "prioritize"],
  [/\b(?:flag|review|hold|block|reject|skip|approve|close|cancel)\b/i, null],
];

const snake = (text: string): string => normalizeName(text).replaceAll(" ", "_");

interface FoundAction {
  readonly action: string;
  /** The words without it. */
  readonly rest: string;
}

function findAction(words: string): FoundAction {
  for (const [pattern, name] of actionWords) {
    const match = pattern.exec(words);
    if (match === null) continue;
    const who = match.groups?.["who"]?.replace(
      /\s+(?:if|when|whenever|about|of|for|every|all|any|each)$/i,
      "",
    );
    const isPronoun = who === undefined || /^(?:if|when|every|all|any|each|it|them)$/i.test(who);
    const verb = name ?? snake(match[0]);
    const consumed =
      who === undefined || isPronoun ? match[0] : match[0].slice(0, match[0].indexOf(who) + who.length);
    return {
      action: isPronoun ? verb : `${verb}_${verb === "escalate" ? "to_" : ""}${snake(who)}`,
      rest: `${words.slice(0, match.index)} , ${words.slice(match.index + consumed.length)}`,
    };
  }
  throw new RuleWordsError(words, "action");
}

const fillers =
  /\b(?:if|when|whenever|where|then|please|the|a|an|every|all|any|each|of|its|it|that|which|who|whose|with|has|have|having|make|create|draft|publish|add|a rule|rule|to|for|should|must|is|are|be|by|cases?|orders? (?=that|which|with|whose|from|in)|so|do|us|me|add)\b/gi;

const stripped = (text: string): string =>
  text
    .replace(fillers, " ")
    .replace(/[,:;.]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/** Cuts the words into clauses at "and", "that", commas, before each comparison. */
const clauses = (text: string): readonly string[] =>
  text
    .replace(/(\d),(?=\d{3}\b)/g, "$1")
    .split(/\s*(?:,|;|\band\b|\bthat\b|\bwhich\b|\bwhose\b|\bif\b|\bwhen\b|\bthen\b)\s*/i)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "");

const unitSeconds: readonly (readonly [RegExp, number])[] = [
  [/^mill/i, 0.001],
  [/^s/i, 1],
  [/^m/i, 60],
  [/^h/i, 3_600],
  [/^d/i, 86_400],
  [/^w/i, 604_800],
];

const numberWords: readonly string[] =
  "zero,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve".split(",");
const timeUnit = String.raw`(?:seconds?|minutes?|hours?|days?|weeks?|months?|fortnights?)\b`;

/** "a day", "two hours", "half an hour", "a fortnight" in figures. */
const inFigures = (text: string): string =>
  text
    .replace(/\bhalf an hour\b/gi, "30 minutes")
    .replace(/\bhalf a day\b/gi, "12 hours")
    .replace(/\ban hour and a half\b/gi, "90 minutes")
    .replace(new RegExp(`\\b(?:an?|one) (?=${timeUnit})`, "gi"), "1 ")
    .replace(new RegExp(`\\b(?:a )?couple of (?=${timeUnit})`, "gi"), "2 ")
    .replace(
      new RegExp(`\\b(${numberWords.join("|")}) (?=${timeUnit})`, "gi"),
      (_, word: string) => `${numberWords.indexOf(word.toLowerCase())} `,
    )
    .replace(/(\d+) fortnights?\b/gi, (_, many: string) => `${Number(many) * 14} days`)
    .replace(/(\d+) months?\b/gi, (_, many: string) => `${Number(many) * 30} days`);

interface Words {
  readonly schema: ConditionSchema;
  readonly values: AttributeValues;
  readonly readings: { words: string; means: string }[];
}

function literalOf(groups: Readonly<Record<string, string | undefined>>): Literal | null {
  const { number, thousand, unit, text, truth } = groups;
  if (number !== undefined) {
    const value = Number(number.replaceAll(",", "")) * (thousand === undefined ? 1 : 1000);
    const size = unit === undefined ? undefined : unitSeconds.find(([pattern]) => pattern.test(unit))?.[1];
    return size === undefined ? { kind: "number", value } : { kind: "duration", seconds: value * size };
  }
  if (text !== undefined) return { kind: "text", value: text };
  return truth === undefined ? null : { kind: "boolean", value: /true|yes/i.test(truth) };
}

const measureWords: readonly (readonly [RegExp, "waiting" | "service" | "elapsed" | "count"])[] = [
  [/\b(?:wait(?:s|ed|ing)?|idle|queue[sd]?|queuing)\b/i, "waiting"],
  [/\b(?:handling|processing|service|working|work)(?:\s+time)?\b/i, "service"],
  [
    /\b(?:takes?|took|taking|lasts?|duration|cycle time|lead time|throughput time|age|open for|runs?|old)\b/i,
    "elapsed",
  ],
  [/\b(?:happens|repeats?|repeated|times)\b/i, "count"],
];

function activityIn(text: string, schema: ConditionSchema): string | null {
  const wanted = ` ${normalizeName(text)} `;
  const inside = schema.activities
    .filter((activity) => wanted.includes(` ${normalizeName(activity)} `))
    .sort((left, right) => right.length - left.length);
  if (inside[0] !== undefined) return inside[0];
  const rest = normalizeName(
    text.replace(
      /\b(?:waits?|waiting|waited|idle|queued?|on|in|at|before|takes?|took|time|longer|working|service|processing|handling|duration)\b/gi,
      " ",
    ),
  );
  if (rest === "") return null;
  const ranked = schema.activities
    .map((activity) => ({ activity, score: similarity(rest, activity) }))
    .filter(({ score }) => score >= 0.55)
    .sort((left, right) => right.score - left.score);
  return ranked[0]?.activity ?? null;
}

function measureOf(subject: string, words: Words): Operand | null {
  const measure = measureWords.find(([pattern]) => pattern.test(subject))?.[1];
  if (measure === undefined) return null;
  const activity = activityIn(subject, words.schema);
  if (measure === "count" && activity === null) return null;
  const isReached = /\b(?:until|before|reach(?:es|ed|ing)?|to get to)\b/i.test(subject);
  const ofActivity = measure === "elapsed" && activity !== null && !isReached;
  return { kind: "measure", measure: ofActivity ? "service" : measure, activity };
}

const monetary = /value|amount|total|price|cost|sum|worth|revenue|money|net|gross|invoice/i;

interface Candidate {
  readonly name: string;
  readonly score: number;
}

/** Kinds of attribute that the literal can be compared with. */
function fits(kind: string, literal: Literal): boolean {
  if (literal.kind === "number" || literal.kind === "duration") return kind === "number";
  return literal.kind === "boolean" ? kind === "boolean" : kind === "text" || kind === "time";
}

/** How well an attribute's name fits the words: 1 for the same, the share of the words that it holds, resemblance. */
function scoreName(words: string, name: string, literal: Literal, isMoney: boolean): number {
  const [wanted, own] = [normalizeName(words), normalizeName(name).replace(/^case /, "")];
  if (wanted === own) return 1;
  const [wantedWords, ownWords] = [wanted.split(" ").filter(Boolean), own.split(" ")];
  const singular = (word: string): string => word.replace(/(?<=..)s$/, "");
  const common = wantedWords.filter((word) =>
    ownWords.some((other) => singular(other) === singular(word)),
  ).length;
  const overlap = wantedWords.length === 0 ? 0 : (2 * common) / (wantedWords.length + ownWords.length);
  const money = literal.kind === "number" && monetary.test(name) ? (isMoney ? 0.25 : 0.15) : 0;
  const base = Math.max(overlap * 0.95, similarity(words, name) * 0.8);
  return base === 0 && !isMoney ? 0 : Math.min(0.99, base + money);
}

function attributeCandidates(
  subject: string,
  literal: Literal,
  isMoney: boolean,
  words: Words,
): readonly Candidate[] {
  const { caseAttributes, eventAttributes } = words.schema;
  return [...caseAttributes, ...eventAttributes]
    .filter(([, kind]) => fits(kind, literal))
    .map(([name]) => ({ name, score: scoreName(subject, name, literal, isMoney) }))
    .filter(({ score }) => score >= (isMoney ? 0.2 : 0.35))
    .sort((left, right) => right.score - left.score);
}

/** Words for a case itself: an amount said of one is the case's own amount, whatever its attribute is called. */
const caseNouns =
  /^(?:(?:cases?|orders?|tickets?|invoices?|claims?|loans?|applications?|requests?|purchases?|purchase orders?|incidents?|shipments?|contracts?|quotes?|deals?|jobs?|items?|files?)\s*)*$/i;

/** "applications over 5000": the attributes that hold amounts of money, all equally good. */
function amountCandidates(subject: string, literal: Literal, { schema }: Words): readonly Candidate[] {
  if (literal.kind !== "number" || !caseNouns.test(subject)) return [];
  const amounts = [schema.caseAttributes, schema.eventAttributes].map((attributes) =>
    [...attributes].flatMap(([name, kind]) =>
      kind === "number" && monetary.test(name) ? [{ name, score: 0.5 }] : [],
    ),
  );
  return amounts.find((found) => found.length > 0) ?? [];
}

/** The noun of a case, as its attributes have it: `order` where there is an `order_value`. */
function caseNoun(schema: ConditionSchema): string {
  const heads = [...schema.caseAttributes.keys(), ...schema.eventAttributes.keys()]
    .map((name) => /^(order|ticket|invoice|claim|loan|application|request|purchase)[_ ]/i.exec(name)?.[1])
    .filter((head) => head !== undefined);
  return heads[0]?.toLowerCase() ?? "case";
}

function delayOperand(subject: string, literal: Literal, words: Words): Operand | null {
  if (literal.kind !== "duration" || !/\b(?:delay(?:ed|s)?|late|overdue)\b/i.test(subject)) return null;
  const names = [...words.schema.caseAttributes.keys(), ...words.schema.eventAttributes.keys()];
  const own = names.filter((name) => /delay/i.test(name));
  if (own.length > 1) throw new AmbiguousRuleTermError(subject, own);
  return { kind: "attribute", name: own[0] ?? `${caseNoun(words.schema)}_delay` };
}

function attributeOperand(subject: string, literal: Literal, isMoney: boolean, words: Words): Operand {
  const fitting = attributeCandidates(subject, literal, isMoney, words);
  const candidates = fitting.length > 0 ? fitting : amountCandidates(subject, literal, words);
  const [best, second] = candidates;
  if (best === undefined) {
    const names = [...words.schema.caseAttributes.keys(), ...words.schema.eventAttributes.keys()];
    throw new UnknownRuleTermError(subject, nearest(subject, names));
  }
  if (second !== undefined && best.score < 1 && best.score - second.score < 0.02) {
    throw new AmbiguousRuleTermError(
      subject === "" ? "the amount" : subject,
      candidates.filter(({ score }) => best.score - score < 0.02).map(({ name }) => name),
    );
  }
  return { kind: "attribute", name: best.name };
}

/** `around` is what follows the value: "waits longer than 2 h on Credit check". */
function operandOf(
  subject: string,
  around: string,
  literal: Literal,
  isMoney: boolean,
  words: Words,
): Operand {
  const clause = `${subject} ${around}`;
  const isMeasured = literal.kind === "duration" || /\btimes?\b|\brepeat/i.test(clause);
  const operand =
    delayOperand(clause, literal, words) ??
    (isMeasured ? measureOf(clause, words) : null) ??
    attributeOperand(subject, literal, isMoney, words);
  const means = operand.kind === "attribute" ? operand.name : `${operand.measure}(${operand.activity ?? ""})`;
  if (normalizeName(means) !== normalizeName(subject)) words.readings.push({ words: subject, means });
  return operand;
}

/** "from Germany", "German customers": a value of a text attribute that stands in the words. */
function valueCondition(clause: string, words: Words): Condition | null {
  const wanted = ` ${normalizeName(clause)} `;
  const found = [...words.values].flatMap(([name, values]) =>
    values
      .filter((value) => normalizeName(value).length > 1 && wanted.includes(` ${normalizeName(value)} `))
      .map((value) => ({ name, value })),
  );
  const longest = Math.max(0, ...found.map(({ value }) => value.length));
  const best = found.filter(({ value }) => value.length === longest);
  if (best.length > 1) {
    throw new AmbiguousRuleTermError(
      best[0]!.value,
      best.map(({ name, value }) => `${name} = "${value}"`),
    );
  }
  const only = best[0];
  if (only === undefined) return null;
  const negated = /\b(?:not|except|other than|outside)\b/i.test(clause);
  return {
    kind: "compare",
    operand: { kind: "attribute", name: only.name },
    comparator: negated ? "!=" : "=",
    literal: { kind: "text", value: only.value },
  };
}

function compareCondition(clause: string, words: Words): Condition | null {
  const match = comparison.exec(clause);
  if (match?.groups === undefined) return null;
  const groups = match.groups;
  const comparator = comparators.find(([pattern]) => pattern.test(groups["comparator"]!))?.[1] ?? "=";
  const subject = stripped(groups["subject"] ?? "");
  const around = stripped(clause.slice(match.index + match[0].length));
  const literal = literalOf(groups);
  if (literal === null) return null;
  const isMoney = groups["currency"] !== undefined || groups["currencyAfter"] !== undefined;
  return {
    kind: "compare",
    operand: operandOf(subject, around, literal, isMoney, words),
    comparator,
    literal,
  };
}

/** "If order_value > 500 and waiting() > 2h, then escalate": a rule as it is written down; null for other words. */
function writtenRule(text: string, schema: ConditionSchema, values: AttributeValues): RuleFromWords | null {
  const parts = /^if (?<condition>.+), then (?<action>[\p{L}\p{N}_]+)$/su.exec(text)?.groups;
  if (parts === undefined) return null;
  try {
    const condition = withDelays(parseCondition(parts["condition"]!), { schema, values, readings: [] });
    return { condition, action: parts["action"]!, readings: [] };
  } catch (error) {
    if (error instanceof ConditionSyntaxError) return null;
    throw error;
  }
}

/** A bare `delay` is the log's own: an attribute, or how long the promised date has passed. */
function withDelays(condition: Condition, words: Words): Condition {
  if (condition.kind === "and" || condition.kind === "or")
    return { ...condition, conditions: condition.conditions.map((each) => withDelays(each, words)) };
  if (condition.kind === "not") return { ...condition, condition: withDelays(condition.condition, words) };
  if (condition.kind !== "compare" || condition.operand.kind !== "attribute") return condition;
  if (condition.operand.name !== "delay" || words.schema.caseAttributes.has("delay")) return condition;
  return { ...condition, operand: delayOperand("delay", condition.literal, words) ?? condition.operand };
}

/**
 * Reads a rule. Throws `RuleWordsError` when a part is missing, `UnknownRuleTermError` and
 * `AmbiguousRuleTermError` when a word fits no attribute or several.
 */
export function ruleFromWords(text: string, schema: ConditionSchema, values: AttributeValues): RuleFromWords {
  const written = writtenRule(text, schema, values);
  if (written !== null) return written;
  const { action, rest } = findAction(inFigures(text));
  const words: Words = { schema, values, readings: [] };
  const conditions = clauses(rest).flatMap((clause) => {
    const value = valueCondition(clause, words);
    const compared = compareCondition(clause, words);
    // A limit that cannot be read is not left out: the rule would fire where nobody wanted it to.
    if (compared === null && limits.test(clause)) throw new RuleWordsError(text, "condition");
    return [compared, value].filter((condition) => condition !== null);
  });
  if (conditions.length === 0) throw new RuleWordsError(text, "condition");
  return { condition: allOf(conditions), action, readings: words.readings };
}
