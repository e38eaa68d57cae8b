/** What is said where something is missing, or nothing fits. */
import { plainExample } from "./examples.ts";
import { type Lacking, type Ranked, rank } from "./frame/rank.ts";
import type { Language } from "./languages/language.ts";
import type { UnspokenLanguage } from "./languages/not-yet.ts";
import { linksOf, type Reading } from "./link/reading.ts";
import { onlyDecisions } from "./moves/around-the-gate.ts";
import { pointsAtNothing } from "./moves/dangling.ts";
import { outside } from "./moves/social.ts";
import { examplesOf } from "./moves/strange.ts";
import { unspoken } from "./moves/unspoken.ts";
import { asks, type Spoken } from "./spoken.ts";
import { lexiconOf } from "./text/lexicon.ts";
import { overlap } from "./text/utterance.ts";
import { translate } from "./translate.ts";
import type { Turn } from "./turn.ts";
import { whereIsTheLine } from "./undrawn-line.ts";

/** A change was asked about, and nothing says to which step. */
export function whichStep({ briefing }: Turn): Spoken {
  const names = briefing.log?.vocabulary.activities.slice(0, 8).map(({ name }) => name) ?? [];
  return {
    say: "clarify",
    confidence: 0.7,
    said: {
      headline: { text: "Which step do you mean? There are {names}.", values: { names: names.join(", ") } },
      ...(names[0]
        ? {
            next: {
              label: { text: "For example: {example}", values: { example: names[0] } },
              ask: `what if we skip ${names[0]}?`,
            },
          }
        : {}),
    },
  };
}

export function missing(best: Ranked, language: Language): Spoken {
  if (best.filling.missing.every(({ slot }) => slot === "proposal")) {
    return {
      say: "cannot",
      confidence: 0.8,
      said: {
        headline: { text: "There is no proposal here to speak of." },
        next: {
          label: { text: "Ask instead: {example}", values: { example: "what is waiting for approval?" } },
          ask: "what is waiting for approval?",
        },
      },
    };
  }
  const what = best.filling.missing
    .map(({ description, name }) => translate(description || name, language.code))
    .join("; ");
  const example = plainExample(best.tool, language) ?? "";
  return {
    say: "clarify",
    confidence: 0.6,
    said: {
      headline: { text: "I need one thing more for that: {what}.", values: { what } },
      next: { label: { text: "For example: {example}", values: { example } }, ask: example },
    },
  };
}

/** In the person's own language, since that is the one they certainly read. */
export function notSpoken({ sentence }: UnspokenLanguage): Spoken {
  return {
    say: "cannot",
    confidence: 0.9,
    said: { headline: { text: sentence }, next: asks("where do we wait?") },
  };
}

/** What no tool can, by the class of what people say for it. */
const abilities: Readonly<Record<string, string>> = {
  "none.predict": "predict single cases",
  "none.delegate": "delegate approvals",
  "none.credential": "manage credentials",
  "none.backup": "make or restore backups",
  "none.personal-data": "export or erase a person's data",
  "none.standing": "set up standing approvals",
  "none.schedule": "send, schedule or print reports",
  "none.settings": "change settings, people or files",
  "memory.list": "recall earlier conversations",
  "memory.remember": "recall earlier conversations",
  "memory.forget": "recall earlier conversations",
  "approvals.policy": "explain approval policies",
  "audit.trace": "show traces",
  "audit.cost": "report what a language model has cost",
};

const redirected: ReadonlySet<string> = new Set(["none.off-topic", "none.weather"]);

/** Off topic by so little, it may be anything: it is asked about. */
const doubtful = 0.5;

/** Something that no tool can and no log has, said plainly, with what there is instead. */
export function lacks(turn: Turn, { ability, likelihood }: Lacking): Spoken {
  if (ability === "none.unclear" || (ability === "none.settings" && namesNothing(turn.reading)))
    return unclear(turn);
  const pointing = pointsAtNothing(turn.reading, turn.state);
  const slightly = likelihood < doubtful && redirected.has(ability);
  if (pointing && (slightly || ability === "none.settings")) return unspoken(turn.briefing);
  if (redirected.has(ability)) return slightly ? unclear(turn) : outside(likelihood);
  if (ability === "none.bypass") return onlyDecisions([]);
  if (ability === "none.vague") return whereIsTheLine(turn.briefing, likelihood);
  const named = abilities[ability];
  return {
    say: "cannot",
    confidence: likelihood,
    said: {
      headline: named
        ? { text: "I cannot {ability} yet.", values: { ability: named } }
        : { text: "That is in no log here, so I have no figure for it." },
      notes: examplesOf(turn.briefing, turn.reading.language, 3),
      next: asks("what can you do?", "Ask instead: {example}"),
    },
  };
}

/** "change it to 400": a figure, and nothing says of what; at most one word is unknown, the verb. */
function namesNothing(reading: Reading): boolean {
  const { functionStems } = lexiconOf(reading.language);
  const figures = reading.links.filter(({ kind }) => kind !== "comparator");
  const others = reading.tokens.filter(
    (token) => !functionStems.has(token.stem) && !figures.some((figure) => overlap(figure, token)),
  );
  return linksOf(reading, "thing").length === 0 && figures.length === 1 && others.length <= 1;
}

export function unclear({ reading, briefing }: Turn): Spoken {
  const near = rank(reading, briefing)
    .slice(0, 3)
    .flatMap(({ tool }) => plainExample(tool, reading.language) ?? []);
  return {
    say: "clarify",
    confidence: 0.4,
    said: {
      headline: { text: "I am not sure what you mean. The nearest things that I can answer:" },
      notes:
        near.length > 0
          ? near.map((example) => ({ text: '"{example}"', values: { example } }))
          : examplesOf(briefing, reading.language, 3),
      next: {
        label: { text: "For example: {example}", values: { example: near[0] ?? "what can you do?" } },
        ask: near[0] ?? "what can you do?",
      },
    },
  };
}
