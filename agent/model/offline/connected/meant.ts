/** Whether a text means a connected system at all, before any other tool is asked. */
import type { Briefing, LogBriefing } from "../../provider.ts";
import { languageOf } from "../languages/index.ts";
import type { Concept } from "../languages/language.ts";
import { leadsQuestion } from "../link/grammar-words.ts";
import type { Link } from "../link/links.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import { lexiconOf, phrases, stems } from "../text/lexicon.ts";
import { overlap, type Span } from "../text/utterance.ts";
import { type Candidate, isPlain, type SpokenOf } from "./choose.ts";
import { onCondition } from "./on-condition.ts";
import { apart, kindOf } from "./operations.ts";
import { isIdLike } from "./parameters.ts";
import type { Said } from "./said.ts";

/** What Millwright keeps itself: in a connected system only where that is named. */
const own: readonly Concept[] = [
  "rule",
  "proposal",
  "approval",
  "watch",
  "log",
  "filter",
  "memory",
  "credential",
  "backup",
  "personal-data",
  "model-file",
  "map",
  "what-if",
  "simulate",
  "draft",
  "evaluate",
  "delegate",
  "standing",
  "undo",
  "import",
  "decide",
  "setting",
];

/** What is decided and recorded here, of whatever system. */
const decided: readonly Concept[] = ["decide", "approval", "proposal", "ledger", "rule"];

export interface Asked {
  readonly said: Said;
  readonly reading: Reading;
  readonly briefing: Briefing;
  readonly spokenOf: SpokenOf;
  /** Spans of values: words in them are another's, or a title's. */
  readonly values: readonly Span[];
}

/** It is plainly a connected system's operation that is asked for. */
export function isMeant(asked: Asked, best: Candidate): boolean {
  const { said, reading } = asked;
  if (onCondition(reading, asked.values) || isDenied(asked)) return false;
  if (said.named.length > 0) return true;
  const away = said.systems.length > 0;
  if (speaksOfOurs(asked, away ? decided : own)) return false;
  if (best.of.operation.effect !== "read") return ordersIt(asked) && (away || writesElsewhere(asked, best));
  const named = best.of.nouns.some((noun) => said.nouns.some(({ kind }) => kind === noun));
  return away ? unexplained(asked, best) <= (named ? 2 : 0) : readsElsewhere(asked, best);
}

/** An order that names no thing, or none of those that its operation needs, has no word beside. */
function writesElsewhere(asked: Asked, best: Candidate): boolean {
  const { said } = asked;
  const { operation } = best.of;
  if (figures(asked).length > 0) return false;
  const needsId = operation.parameters.some((one) => one.required && isIdLike(one, operation));
  // "make a note: …" is for whoever keeps notes, unless it is said of what.
  const isNote = needsId && said.ids.length === 0 && best.of.objects.includes("comment");
  if (isNote && asked.spokenOf.connector === null && said.nouns.every(({ kind }) => kind === "comment"))
    return false;
  // "take back R-4": of what, the doing does not tell.
  const tells = said.acts.some(({ act }) => !isPlain(act) && best.of.acts.has(act));
  if (said.nouns.length === 0 && said.ids.length > 0 && !tells) return false;
  const isBare = said.nouns.length === 0 || (needsId && said.ids.length === 0);
  return !isBare || unexplained(asked, best) === 0;
}

/** Figures and times that are no value of the call. */
const figures = ({ said, reading, values }: Asked): readonly Link[] =>
  (["metric", "statistic", "period", "duration"] as const)
    .flatMap((kind): readonly Link[] => linksOf(reading, kind))
    .filter((link) => outsideOf([...values, ...said.acts, ...said.ids, ...said.words.quotes], link));

const outsideOf = (spans: readonly Span[], span: Span): boolean =>
  !spans.some((other) => overlap(span, other));

function speaksOfOurs({ said, reading, values }: Asked, ours: readonly Concept[]): boolean {
  const others = [...values, ...said.gate, ...said.acts, ...said.words.quotes];
  return reading.senses.some(
    (sense) =>
      sense.meaning.kind === "concept" && ours.includes(sense.meaning.value) && outsideOf(others, sense),
  );
}

/** Our cases, figures and times are asked of the log, unless the thread is at a system. */
function readsElsewhere(asked: Asked, best: Candidate): boolean {
  const { said, reading, briefing, spokenOf, values } = asked;
  const windows = linksOf(reading, "window").filter((link) => outsideOf([...values, ...said.ids], link));
  if (figures(asked).length + windows.length > 0 || said.nouns.length === 0) return false;
  if (spokenOf.connector === null && isOfLog(best.of.objects, briefing)) return false;
  return unexplained(asked, best) === 0;
}

/** Some log that may be meant speaks of such things itself. */
const isOfLog = (objects: readonly string[], { log, logs }: Briefing): boolean =>
  (log ? [log] : logs).some((one) => objects.some((object) => kindsOf(one).has(object)));

const kept = new WeakMap<LogBriefing, ReadonlySet<string>>();

/** Kinds of things that a log's names speak of: "Create order", "customer type". */
function kindsOf(log: LogBriefing): ReadonlySet<string> {
  let kinds = kept.get(log);
  if (!kinds) {
    const { activities, attributes } = log.vocabulary;
    const words = [log, ...activities].flatMap(({ name }) => apart(name).split(" "));
    const whole = attributes.map(({ name }) => apart(name).replace(/ (?:id|name|number|no)$/u, ""));
    kinds = new Set([...words, ...whole].flatMap((word) => kindOf(word) ?? []));
    kept.set(log, kinds);
  }
  return kinds;
}

/** Words of content that nothing was read from. */
function unexplained({ said, reading, values }: Asked, { of }: Candidate): number {
  const { functionStems } = lexiconOf(reading.language);
  const things = new Set([...of.nouns, ...of.givenNouns]);
  const read = [
    ...values,
    ...said.acts,
    ...said.nouns.filter(({ kind }) => things.has(kind)),
    ...said.anything,
    ...said.systemSpans,
    ...said.ids,
    ...said.gate,
    ...said.words.quotes,
  ];
  return said.words.tokens.filter(
    (token) =>
      !functionStems.has(token.stem) &&
      token.lower.length > 1 &&
      outsideOf(read, token) &&
      !stems(token.text, languageOf("en")).some((stem) => of.stems.has(stem)),
  ).length;
}

/** Begin a request in the form of a question: "can you open a ticket?". */
const polite: Readonly<Record<string, RegExp>> = {
  en: /^(?:please |hey |ok |so )*(?:can|could|would|will) (?:you|we|i)\b|^(?:please|i (?:want|need|would like)|let'?s)\b/iu,
  de: /^(?:bitte |hey )*(?:kannst|könntest|würdest|können|könnten|würden|kann|ich (?:möchte|will|brauche))(?!\p{L})/iu,
  fr: /^(?:s'il te plaît,? )?(?:peux|pourrais|pouvez|pourriez|est-ce que (?:tu|vous) (?:peux|pouvez)|tu (?:peux|pourrais)|vous pouvez|je (?:veux|voudrais))(?!\p{L})/iu,
  es: /^[¿¡\s]*(?:por favor,? )?(?:puedes|podrías|puede|podría|podemos|me puedes|quiero|quisiera|necesito)(?!\p{L})/iu,
  it: /^(?:per favore,? )?(?:puoi|potresti|può|potrebbe|mi puoi|vorrei|voglio|potete)(?!\p{L})/iu,
  pt: /^(?:por favor,? )?(?:podes|pode|poderias?|consegues|você pode|quero|queria|preciso)(?!\p{L})/iu,
  nl: /^(?:alsjeblieft,? )?(?:kun|kan|zou|wil|kunnen|ik wil)(?!\p{L})/iu,
  pl: /^(?:proszę,? )?(?:czy )?(?:możesz|mógłbyś|mogłabyś|może pan|chcę|chciał\p{L}+|potrzebuję)(?!\p{L})/iu,
  ja: /(?:ください|くれ|もらえ|いただけ|頂け|お願い|ほしい|たい)/u,
  zh: /(?:能不能|能否|可以|可不可以|请|帮|麻烦)/u,
};

/** Questions that no first word and no mark tells. */
const inPlace: Readonly<Record<string, RegExp>> = {
  ja: /(?:か|の|は|かな)[。\s]*$/u,
  zh: /吗|呢|多少|几[个张条单]|什么|哪|谁/u,
};

/** A change is ordered, and not asked about or told of. */
export function ordersIt({ said, reading }: Asked): boolean {
  const { text, language, tokens } = said.words;
  const isPolite = polite[language.code]?.test(text) ?? false;
  const question =
    /[?？]\s*$/u.test(text) ||
    (inPlace[language.code]?.test(text) ?? false) ||
    phrases(language.yesNo).includes(tokens[0]?.lower ?? "") ||
    reading.senses.some((sense) => sense.from === 0 && leadsQuestion(sense, language));
  if (question && !isPolite) return false;
  return said.named.length > 0 || !isRead(said);
}

/** "show the cancelled orders": what is to be seen was done, and is not to be done; the verb stands last in Japanese. */
function isRead({ acts, words }: Said): boolean {
  const reads = acts.filter(({ act }) => act === "read");
  const others = acts.filter((one) => one.act !== "read" && !reads.some((read) => overlap(read, one)));
  if (reads.length === 0) return false;
  const last = words.language.code === "ja";
  const at = (list: typeof acts): number => {
    const starts = list.map(({ start }) => start);
    return last ? -Math.max(-1, ...starts) : Math.min(Number.POSITIVE_INFINITY, ...starts);
  };
  return at(reads) < at(others);
}

/** Right before what is not to be done; in some languages at the end of the sentence. */
const denials: Readonly<Record<string, readonly [before: string, behind: string]>> = {
  en: ["(?:don'?t|do not|never|not|without)", ""],
  de: ["(?:nicht|nie|niemals)", "(?:nicht|nie|niemals)"],
  fr: ["(?:ne|n'|sans)", ""],
  es: ["(?:no|nunca|sin)", ""],
  it: ["(?:non|mai|senza)", ""],
  pt: ["(?:não|nunca|sem)", ""],
  nl: ["(?:niet|nooit)", "(?:niet|nooit)"],
  pl: ["(?:nie|nigdy|bez)", ""],
  ja: ["", "(?:しないで|せずに|ないで|しない)"],
  zh: ["(?:不要|别|不|勿)", ""],
};

export function isDenied({ said, values }: Pick<Asked, "said" | "values">): boolean {
  const { words, acts } = said;
  const { text, language } = words;
  const [before, behind] = denials[language.code] ?? ["", ""];
  const first = acts.filter(({ act }) => act !== "read").map(({ start }) => start);
  const edge = language.script === null ? "(?<![\\p{L}])" : "";
  const denied = before !== "" && new RegExp(`${edge}${before}[\\s'’]*$`, "iu");
  if (denied && first.some((at) => denied.test(text.slice(0, at)))) return true;
  const found = behind === "" ? null : new RegExp(`${edge}${behind}[.!。！\\s]*$`, "iu").exec(text);
  return found !== null && outsideOf([...values, ...words.quotes], { start: found.index, end: text.length });
}
