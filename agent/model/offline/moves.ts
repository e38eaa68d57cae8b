/** What is said rather than asked: greetings, thanks, assent, refusals. A thin table; everything else is ranked. */
import type { Message } from "../../../tools/define.ts";
import type { Briefing } from "../provider.ts";
import { examplesFor, plainExample } from "./examples.ts";
import { rank } from "./frame/rank.ts";
import type { Concept, Language, MoveName } from "./languages/language.ts";
import { leadsQuestion, linksOf, type Reading, rolesAt } from "./link/reading.ts";
import { wordsBeside } from "./link/words-beside.ts";
import { linkZone } from "./link/working-hours.ts";
import { unknownKind } from "./obstacles.ts";
import { ranking } from "./people.ts";
import type { SayKind } from "./plan.ts";
import { any, asks, line, refusal, type Situation, type Spoken } from "./spoken.ts";
import type { PlannerState } from "./state.ts";
import { lexiconOf, phrases } from "./text/lexicon.ts";
import { inside, overlap, type Span } from "./text/utterance.ts";
import { isArticle, wordCount, wordings } from "./text/wording.ts";

/** The first that applies speaks; null: it is a question for the tools. */
export function converse(situation: Situation): Spoken | null {
  for (const move of [
    pretending,
    unmasking,
    unknownKind,
    ranking,
    deciding,
    withdrawing,
    zoning,
    social,
    strange,
    dangling,
  ]) {
    const spoken = move(situation);
    if (spoken) return spoken;
  }
  return null;
}

/** Claims that a gate is open, orders to ignore it, words that somebody important said: looked up, never believed. */
function pretending({ reading, briefing }: Situation): Spoken | null {
  if (!reading.moves.has("pretend") || supposesSkip(reading)) return null;
  const id = linksOf(reading, "proposal")[0]?.id;
  const card = briefing.proposals.find((proposal) => proposal.id === id);
  const state = card
    ? line("Proposal {proposal} is {state}, whatever a message says.", {
        proposal: card.id,
        state: card.state,
      })
    : line("There is no approval on record for that.");
  return onlyDecisions([
    state,
    line("Text in messages, logs and tickets is data here; it cannot open the gate."),
  ]);
}

/**
 * "What if we skipped the approval of small orders?" supposes that a step of the log is left out, "which orders skipped the
 * approval?" asks where it was: both are questions about cases, and order nothing.
 */
function supposesSkip(reading: Reading): boolean {
  const { senses, links, concepts } = reading;
  const claims = senses.filter(({ meaning }) => meaning.kind === "move" && meaning.value === "pretend");
  const skips = [
    ...senses.filter(({ meaning }) => meaning.kind === "option" && meaning.value === "skip"),
    ...wordings(reading, "lacking"),
  ];
  const steps = links.filter((link) => link.kind === "thing" && link.thing.kind === "activity");
  const supposed = concepts.has("what-if");
  return (
    (supposed || claims.length > 0) &&
    claims.every(
      (claim) =>
        (supposed || casesAhead(reading, claim)) &&
        skips.some((skip) => overlap(skip, claim)) &&
        steps.some((step) => overlap(step, claim)),
    )
  );
}

/** A noun for cases stands before it in the same words: they are what it is said of. */
const casesAhead = ({ senses, text }: Reading, { start }: Span): boolean =>
  senses.some(
    ({ meaning, end }) =>
      meaning.kind === "concept" &&
      meaning.value === "case" &&
      end <= start &&
      !/[:;.!?"'“”„«»「」『』]/u.test(text.slice(end, start)),
  );

/** No words go around the gate. */
export const onlyDecisions = (notes: readonly Message[]): Spoken =>
  refusal(
    line(
      "Only a decision by the right person, made with the buttons on the card, approves anything. Words never do.",
    ),
    notes,
    "what is waiting for approval?",
  );

function unmasking({ reading }: Situation): Spoken | null {
  if (!any(reading, "unmask")) return null;
  return refusal(
    line(
      "I do not unmask people's data. Pseudonyms stay until somebody with that right asks in the administration.",
    ),
    [line("An administrator can grant access to one case for a stated reason, and the grant is recorded.")],
    "what is in this log?",
  );
}

/** "use the time zone Europe/Berlin": figures in another zone than was said would be wrong. Hours of work may have one. */
function zoning({ reading, briefing }: Situation): Spoken | null {
  const zone = linkZone(reading);
  const isHeld = linksOf(reading, "hours").length > 0 || any(reading, "rule", "watch");
  if (zone === null || zone.name === briefing.zone || isHeld || reading.document !== null) return null;
  return {
    say: "cannot",
    confidence: 0.85,
    said: {
      headline: line(
        'Dates and times are meant in {zone} here. For another zone in this thread, say: "{example}"',
        { zone: briefing.zone, example: `use ${zone.name}` },
      ),
      notes: [],
    },
  };
}

/** Assent next to open proposals decides nothing. */
function deciding({ reading, briefing, state }: Situation): Spoken | null {
  const bare = onlyDecides(reading);
  const agreed = bare || reading.moves.has("assent") || reading.moves.has("go-ahead");
  const beside = wordsBeside(reading, ["assent", "go-ahead", "addition", "thanks"]);
  const assent = bare || (agreed && beside - wordsOfProposals(reading) <= 2);
  const begins = reading.senses.some(
    ({ meaning, from, ...span }) =>
      (from <= 2 || reading.language.script !== null) &&
      !(from > 0 && partOfName(reading, span)) &&
      meaning.kind === "move" &&
      (meaning.value === "assent" || meaning.value === "go-ahead"),
  );
  const asked = reading.senses.some((sense) => leadsQuestion(sense, reading.language)) || endsAsking(reading);
  if (
    !assent ||
    !(bare || begins) ||
    selectsCases(reading) ||
    (!bare && linksOf(reading, "statistic").length > 0) ||
    asked ||
    listsFirst(reading) ||
    (!bare && asksBeside(reading, ["assent", "go-ahead"])) ||
    any(reading, "standing", "delegate", "ledger") ||
    /\?\s*$/u.test(reading.text)
  )
    return null;
  const pending = briefing.proposals.filter((proposal) => proposal.state === "pending");
  if (pending.length === 0) return noneToDecide(reading, state);
  if (state.suggests.length > 0 && reading.moves.has("go-ahead")) return null;
  const named = mentioned(reading, pending);
  return {
    say: "decide-ui",
    confidence: 0.95,
    said: {
      headline:
        pending.length === 1
          ? line("A message does not decide. One proposal is waiting; its card has the buttons.")
          : line("A message does not decide. {count} proposals are waiting; their cards have the buttons.", {
              count: { quantity: pending.length, unit: "" },
            }),
      notes: named.map((proposal) =>
        line("{proposal}: {summary}", { proposal: proposal.id, summary: proposal.summary }),
      ),
      next: asks("what is waiting for me?", "Ask: {example}"),
    },
  };
}

/** "without the rejected ones", "only the approved": which cases, and no decision. */
const selectsCases = (reading: Reading): boolean =>
  linksOf(reading, "thing").length > 0 &&
  (rolesAt(reading, "include").some(({ from }) => from === 0) ||
    (["leaving-out", "lacking"] as const).some((list) => wordings(reading, list)[0]?.from === 0));

/** "list the rejected proposals": what was decided is to be shown, nothing is to be decided. */
const listsFirst = ({ senses, tokens }: Reading): boolean =>
  tokens.length > 1 &&
  senses.some(({ meaning, from }) => meaning.kind === "concept" && meaning.value === "list" && from === 0);

/** "count of Reject order": the word belongs to a step's name. */
const partOfName = (reading: Reading, span: Span): boolean =>
  linksOf(reading, "thing").some((link) => link.score > 0.9 && inside(span, link));

/** Words that only say which proposal. */
const wordsOfProposals = (reading: Reading): number =>
  reading.tokens.filter(
    ({ start, end }) =>
      linksOf(reading, "proposal").some((link) => link.start < end && start < link.end) ||
      reading.senses.some(
        (sense) =>
          sense.meaning.kind === "concept" && sense.meaning.value === "proposal" && sense.start === start,
      ),
  ).length;

/** "…ますか", "…吗": the last word makes it a question, where languages have such a word. */
function endsAsking({ tokens, language }: Reading): boolean {
  if (language.questionsInPlace !== true) return false;
  return phrases(language.yesNo).includes(tokens.at(-1)?.lower ?? "");
}

/** "承認", "批准第二个": a word that decides where little else is said, and names a step or a number where more is. */
function onlyDecides(reading: Reading): boolean {
  const list = phrases(reading.language.decidesAlone ?? "");
  const { functionStems } = lexiconOf(reading.language);
  const places = [...linksOf(reading, "ordinal"), ...linksOf(reading, "proposal")];
  const friendly = reading.senses.filter(
    ({ meaning }) =>
      (meaning.kind === "move" && friendlyMoves.includes(meaning.value)) ||
      (meaning.kind === "concept" && meaning.value === "proposal"),
  );
  const endings = phrases(reading.language.numbers.ordinalEndings);
  const said = reading.tokens.filter(
    (token, at) =>
      (!functionStems.has(token.stem) || list.includes(token.lower)) &&
      !endings.includes(token.lower) &&
      !places.some((place) => inside(token, place)) &&
      !friendly.some(({ from, to }) => from <= at && at < to),
  );
  return said.length > 0 && said.every(({ lower }) => list.includes(lower));
}
const friendlyMoves: readonly string[] = ["assent", "go-ahead", "addition", "thanks"];

/** Ideas that may stand beside an assent or a withdrawal. */
const ofDecisions: readonly string[] = [
  "proposal",
  "approval",
  "decide",
  "publish",
  "draft",
  "act",
  "cancel",
  "undo",
];

/**
 * Words beside the move ask for something of their own. Where words are not set apart, few words say much: "執行回数" is no
 * order, "批准率" no assent.
 */
export function asksBeside(reading: Reading, moves: readonly MoveName[]): boolean {
  if (reading.language.script === null) return false;
  const own = reading.senses.filter(
    ({ meaning }) => meaning.kind === "move" && moves.includes(meaning.value),
  );
  const beside = reading.senses.filter(
    ({ from, to }) => !own.some((sense) => sense.from <= from && to <= sense.to),
  );
  return (
    beside.some(({ meaning }) =>
      meaning.kind === "concept" ? !ofDecisions.includes(meaning.value) : asking.includes(meaning.kind),
    ) || linksOf(reading, "thing").length > 0
  );
}
const asking: readonly string[] = ["metric", "statistic"];

/** "the first two", "the second one": the proposals meant; else all, at most five. */
function mentioned<Proposal>(reading: Reading, pending: readonly Proposal[]): readonly Proposal[] {
  const places = linksOf(reading, "ordinal");
  const count = reading.tokens.find(
    (token, at) =>
      places.some(({ end }) => end === reading.tokens[at - 1]?.end) &&
      Object.hasOwn(reading.language.numbers.values, token.lower),
  );
  const many = count ? reading.language.numbers.values[count.lower]! : 1;
  const first = places[0]?.position;
  if (first === undefined) return pending.slice(0, 5);
  const from = first > 0 ? first - 1 : pending.length - many;
  return pending.slice(from, from + many);
}

function noneToDecide(reading: Reading, state: PlannerState): Spoken | null {
  if (state.suggests.length > 0 || state.next !== null) return null;
  if (!onlyDecides(reading) && wordsBeside(reading, ["assent", "addition", "thanks"]) > 2) return null;
  return {
    say: "clarify",
    confidence: 0.8,
    said: {
      headline: line("Nothing is waiting for a decision. What would you like to look at?"),
      next: asks("where do we wait?"),
    },
  };
}

/** "never mind": proposals that this thread made are taken back. */
function withdrawing({ reading, briefing, state }: Situation): Spoken | null {
  if (!reading.moves.has("withdraw") || wordsBeside(reading, ["withdraw", "addition", "correction"]) > 2)
    return null;
  if (endsAsking(reading) || asksBeside(reading, ["withdraw"])) return null;
  // "posso annullarlo dopo?" asks whether it can be, and takes nothing back.
  if (/[?？]\s*$/u.test(reading.text)) return null;
  const own = briefing.proposals.filter(
    (proposal) =>
      proposal.state === "pending" &&
      state.proposals.includes(proposal.id) &&
      proposal.requester === (briefing.person?.id ?? ""),
  );
  if (own.length === 0 && state.proposals.length > 0 && any(reading, "undo")) return null;
  if (own.length === 0) {
    return {
      say: "answer",
      confidence: 0.8,
      said: { headline: line("Nothing of yours is waiting here, so there is nothing to withdraw.") },
    };
  }
  return {
    say: "answer",
    confidence: 0.9,
    supersedes: own.map(({ id }) => id),
    said: {
      headline: line("Withdrawn. Nothing has been done."),
      notes: own.map((proposal) =>
        line("{proposal}: {summary}", { proposal: proposal.id, summary: proposal.summary }),
      ),
    },
  };
}

function social({ reading, briefing }: Situation): Spoken | null {
  const friendly = wordsBeside(reading, ["greeting", "thanks", "goodbye", "assent"]) === 0;
  if ((friendly || thanksOnly(reading)) && reading.moves.has("thanks"))
    return say("redirect", "You are welcome.");
  if (friendly && reading.moves.has("goodbye"))
    return say("redirect", "Goodbye. The thread will be here when you come back.");
  if (friendly && reading.moves.has("greeting")) {
    return say(
      "redirect",
      "Hello. Ask me where time is lost, why, and what could be done.",
      "where do we wait?",
    );
  }
  if (
    reading.moves.has("identity") &&
    !any(reading, "cost", "spending") &&
    wordsBeside(reading, ["identity", "greeting"]) <= 1
  ) {
    return say(
      "answer",
      "I am Millwright's built-in planner, not a language model. I match your words to what I can measure, and say how I read them.",
      "what can you do?",
    );
  }
  const plain = conceptsBeside(reading, "help").every((concept) =>
    ["list", "process", "case"].includes(concept),
  );
  if (reading.moves.has("help") && wordsBeside(reading, ["help", "greeting"]) <= 1 && plain)
    return help(briefing, reading.language);
  const writing = any(reading, "draft") && !any(reading, "rule", "act");
  if (reading.moves.has("off-topic") && (writing || !processWords(reading))) {
    return outside(0.95);
  }
  return null;
}

/** "cheers mate, that's brilliant": one word more that means nothing here. */
const thanksOnly = (reading: Reading): boolean =>
  reading.links.length === 0 &&
  !/[?？]\s*$/u.test(reading.text) &&
  reading.senses.some(
    ({ meaning, from }) => from === 0 && meaning.kind === "move" && meaning.value === "thanks",
  ) &&
  wordsBeside(reading, ["greeting", "thanks", "goodbye", "assent"]) === 1 &&
  reading.senses.every(
    ({ meaning, from }) =>
      meaning.kind !== "concept" || meaning.value === "good" || reading.spellings.has(from),
  );

/** Back to the process, in one friendly line. */
export const outside = (confidence: number): Spoken => ({
  ...say(
    "redirect",
    "That is outside my mill: I work on processes. Ask me how long cases take and where they wait.",
    "where do we wait?",
  ),
  confidence,
});

/** Ideas whose words are not part of the move's own phrases. */
function conceptsBeside(reading: Reading, move: "help"): Concept[] {
  const own = reading.senses.filter(({ meaning }) => meaning.kind === "move" && meaning.value === move);
  return reading.senses.flatMap(({ meaning, from, to }) =>
    meaning.kind === "concept" && !own.some((sense) => sense.from <= from && to <= sense.to)
      ? [meaning.value]
      : [],
  );
}

const processConcepts: readonly Concept[] = [
  "case",
  "activity",
  "process",
  "bottleneck",
  "wait",
  "late",
  "sla",
  "variant",
  "rule",
  "optimise",
  "log",
  "connector",
  "approval",
  "ledger",
];
const processWords = (reading: Reading): boolean =>
  any(reading, ...processConcepts) ||
  linksOf(reading, "metric").length > 0 ||
  linksOf(reading, "thing").some(({ score }) => score > 0.9);

function say(kind: SayKind, text: string, example?: string): Spoken {
  const headline = line(text);
  return { say: kind, confidence: 0.95, said: example ? { headline, next: asks(example) } : { headline } };
}

function help(briefing: Briefing, language: Language): Spoken {
  return {
    say: "answer",
    confidence: 0.95,
    said: {
      headline: line(
        "I answer questions about your process with evidence, draft rules and improvements, and propose changes that people approve.",
      ),
      notes: capabilities(briefing, language),
      next: asks("where do we wait?"),
    },
  };
}

/** What tools there are for, in the order that people come to need them. */
const kindsOfAnswers: readonly (readonly [string, string])[] = [
  ["mining", "How work flows, where it waits and why"],
  ["kpi", "Times, throughput, rework and service levels, watched where you want"],
  ["logs", "What is in a log and whether to trust it"],
  ["rules", "Rules with a track record on the real cases"],
  ["optimization", "What-if and staffing, on the real cases"],
  ["approvals", "What waits for a decision, and all about it"],
  ["audit", "What was decided and done"],
  ["connectors", "Other systems, through proposals"],
];

/** A line for each family that has a tool, with two things to say. */
function capabilities({ tools }: Briefing, language: Language): Message[] {
  return kindsOfAnswers.flatMap(([family, what]) => {
    const own = tools.filter(({ name }) => name.startsWith(`${family}.`));
    const examples = own.flatMap((tool) => plainExample(tool, language) ?? []);
    if (examples.length === 0) return [];
    const said = examples.slice(0, 2).map((example) => `"${example}"`);
    return [line("{what}: {examples}", { what, examples: said.join(", ") })];
  });
}

/** One example of each of the first few families. */
export function examplesOf(briefing: Briefing, language: Language, count: number): Message[] {
  const families = new Map<string, string>();
  for (const tool of briefing.tools) {
    const family = tool.name.split(".")[0]!;
    const example = examplesFor(tool, language)[0];
    if (example && !families.has(family) && !/\d/u.test(example)) families.set(family, example);
  }
  return [...families.values()].slice(0, count).map((example) => line('"{example}"', { example }));
}

/** No word at all. */
function strange({ reading, briefing }: Situation): Spoken | null {
  if (reading.tokens.length > 0) return null;
  return {
    say: "clarify",
    confidence: 0.9,
    said: {
      headline: line("What would you like to know? These are things I can answer:"),
      notes: examplesOf(briefing, reading.language, 4),
      next: asks("where do we wait?"),
    },
  };
}

/** What "it" may be besides a case or a step. */
const proposalConcepts: readonly Concept[] = [
  "approval",
  "undo",
  "decide",
  "expiry",
  "diff",
  "affected",
  "requester",
  "proposal",
  "promise",
  "fix",
];

/** Ideas that need no "it": "is there drift?", "are there clusters?". */
const ofTheLog: readonly Concept[] = [
  "case",
  "activity",
  "process",
  "log",
  "health",
  "connector",
  "map",
  "variant",
  "rule",
  "quality",
  "conformance",
  "deviating",
  "drift",
  "dots",
  "cluster",
  "unwritten",
  "four-eyes",
  "handover",
  "filter",
  "waiting-kind",
  "clock",
  "load",
  "watch",
  "memory",
  "import",
  "failure",
  "evaluate",
  "spending",
];

/** "exporte la carte": an article inside a phrase points at nothing. */
const inPhrase = (reading: Reading, pronoun: Span): boolean =>
  reading.senses.some(
    (sense) => sense.meaning.kind === "concept" && sense.to - sense.from > 1 && inside(pronoun, sense),
  );

/** "is it late?" where nothing was spoken of before. */
function dangling({ reading, briefing, state }: Situation): Spoken | null {
  if (state.frames.length === 0 && (continuing(reading) || judgesIt(reading) || whyAlone(reading)))
    return unspoken(briefing);
  const pronouns = rolesAt(reading, "pronoun").filter((pronoun) => !inPhrase(reading, pronoun));
  const pointing =
    reading.document === null &&
    (wordCount(reading) <= (pronouns.some(({ from }) => from === 0) ? 6 : 5) || saysNothing(reading)) &&
    (pronouns.length > 0 ||
      onlyAnEnclitic(reading) ||
      subjectLeftOut(reading) ||
      onlyAPlace(reading, briefing));
  const named = reading.links.some(({ kind }) =>
    ["thing", "window", "log", "kpi", "duration", "proposal"].includes(kind),
  );
  const process = any(reading, ...proposalConcepts, ...ofTheLog) || asksWhy(reading);
  if (!pointing || named || process || state.frames.length > 0) return null;
  const isVerdict = subjectLeftOut(reading) || onlyJudges(reading) || onlyAPlace(reading, briefing);
  if (reading.language.script !== null && !isVerdict && surelyMeant(reading, briefing)) return null;
  return unspoken(briefing);
}

/** "compáralos", "compara-os": nothing but a verb with the pronoun written onto it. */
const onlyAnEnclitic = ({ text, language }: Reading): boolean =>
  language.enclitic !== undefined &&
  new RegExp(`^[¿¡\\s]*(?:${language.enclitic})[\\s.!?]*$`, "iu").test(text.normalize("NFC"));

/** "why?", "but why that?": no word says of what. */
const whyAlone = (reading: Reading): boolean =>
  reading.moves.has("why") &&
  reading.links.length === 0 &&
  [...reading.concepts].every((concept) => concept === "cause") &&
  wordCount(reading) <= mostOfWhy &&
  wordsBeside(reading, ["why", "addition", "correction"]) === 0;
const mostOfWhy = 5;

/** "spiegami la terza", where nothing was listed. */
const onlyAPlace = (reading: Reading, { proposals }: Briefing): boolean =>
  proposals.length === 0 && linksOf(reading, "ordinal").length > 0 && !any(reading, "case", "list");

/** "et celui-là, il en est où ?": no word of content. */
const saysNothing = ({ tokens, language, senses }: Reading): boolean =>
  tokens.length <= 9 &&
  tokens.every(
    ({ stem }, at) =>
      lexiconOf(language).functionStems.has(stem) ||
      senses.some(
        ({ meaning, from, to }) =>
          from <= at && at < to && meaning.kind === "role" && meaning.value === "pronoun",
      ),
  );

/** "why is it slow?": of the process, whatever "it" is. */
const asksWhy = (reading: Reading): boolean =>
  any(reading, "cause") && any(reading, "slow", "late", "wait", "rework");

/** What is said of something: "late", "better". */
const judgements: readonly Concept[] = ["late", "slow", "fast", "bad", "good", "up", "down", "trend", "sla"];

/** "¿Va tarde?", "Está atrasado?": a verdict is asked for, and of what is left out. */
const subjectLeftOut = (reading: Reading): boolean =>
  phrases(reading.language.subjectless ?? "").includes(reading.tokens[0]?.lower ?? "") && onlyJudges(reading);

/** "それは遅れていますか？": a verdict is all that is asked for. */
const onlyJudges = ({ concepts }: Reading): boolean =>
  concepts.size > 0 && [...concepts].every((concept) => judgements.includes(concept));

/** "is it still within the limit?", "ist der zu spät?", "is this order late?": a verdict on what nobody named. */
function judgesIt({ tokens, senses, links, language, document }: Reading): boolean {
  if (document !== null || tokens.length < 2 || tokens.length > 8 || language.script !== null) return false;
  if (!phrases(language.yesNo).includes(tokens[0]!.lower)) return false;
  if (links.some(({ kind }) => kind !== "metric" && kind !== "statistic" && kind !== "comparator"))
    return false;
  const { functionStems } = lexiconOf(language);
  const at = (index: number) => senses.filter(({ from, to }) => from <= index && index < to);
  const points = (index: number): boolean =>
    at(index).some(({ meaning }) => meaning.kind === "role" && meaning.value === "pronoun");
  // "¿está mejor ahora?": when it is said of is no name of it.
  const passes = (index: number): boolean =>
    at(index).some(({ meaning }) => meaning.kind === "move" && meaning.value === "addition");
  const judges = (index: number): boolean =>
    at(index).some(({ meaning }) => meaning.kind === "concept" && judgements.includes(meaning.value));
  const rest = tokens.map((_, index) => index).slice(1);
  const pointing = rest.some(points);
  return (
    rest.some(judges) &&
    rest.every(
      (index) =>
        judges(index) ||
        passes(index) ||
        points(index) ||
        isArticle(tokens[index]!, language) ||
        (pointing && functionStems.has(tokens[index]!.stem)) ||
        (points(index - 1) && at(index).some(({ meaning }) => meaning.value === "case")),
    )
  );
}

/** "把这个分享给团队": what is pointed at hardly changes what is asked. */
const surelyMeant = (reading: Reading, briefing: Briefing): boolean =>
  (rank(reading, briefing)[0]?.likelihood ?? 0) >= 0.75;

/** "only web orders" says which cases, with or without a question before it. */
const narrows = (reading: Reading): boolean =>
  rolesAt(reading, "include").some(({ from }) => from === 0) &&
  reading.links.some((link) =>
    link.kind === "thing" ? link.thing.kind === "value" : link.kind === "window",
  );

/** "what about the North?": goes on with a question that nobody has asked. */
const continuing = (reading: Reading): boolean =>
  !narrows(reading) &&
  reading.senses.some(
    ({ meaning, from }) => from === 0 && meaning.kind === "move" && meaning.value === "addition",
  ) &&
  [...reading.concepts].every((concept) => ["case", "team", "activity", "process"].includes(concept)) &&
  linksOf(reading, "metric").length === 0 &&
  wordCount(reading) <= 5;

/** "et celui-là, il en est où ?", "explain the third one", "change to 400": it points at what nobody showed. */
export function pointsAtNothing(reading: Reading, state: PlannerState): boolean {
  const points =
    rolesAt(reading, "pronoun").length > 0 ||
    reading.links.some(({ kind }) => kind === "ordinal" || kind === "number");
  const named = reading.links.some(({ kind }) => ["thing", "window", "log", "kpi", "metric"].includes(kind));
  return state.frames.length === 0 && points && !named && wordCount(reading) <= mostPointing;
}
const mostPointing = 7;

export function unspoken(briefing: Briefing): Spoken {
  return {
    say: "clarify",
    confidence: 0.7,
    said: {
      headline: line("What do you mean by that: which case, step or period?"),
      notes: briefing.log
        ? [
            line("Steps of this log: {names}.", {
              names: briefing.log.vocabulary.activities
                .slice(0, 6)
                .map(({ name }) => name)
                .join(", "),
            }),
          ]
        : [],
      next: asks("how many cases are late?"),
    },
  };
}
