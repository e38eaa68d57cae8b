/** Greetings, thanks, farewells, who this is, what it can do, and what is beside the point. */
import type { Message } from "../../../../tools/define.ts";
import type { Briefing } from "../../provider.ts";
import { plainExample } from "../examples.ts";
import type { Concept, Language } from "../languages/language.ts";
import { linksOf, type Reading } from "../link/reading.ts";
import { wordsBeside } from "../link/words-beside.ts";
import type { SayKind } from "../plan.ts";
import { any, asks, line, type Situation, type Spoken } from "../spoken.ts";

export function social({ reading, briefing }: Situation): Spoken | null {
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
