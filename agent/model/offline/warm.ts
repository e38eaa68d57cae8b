/**
 * What the first words in a language need, made before somebody says them: its lists, its part of the ranker, its examples,
 * and what its replies are made of. A server does it once it listens, in pieces between which it answers.
 */
import type { Tool } from "../../../tools/define.ts";
import type { Briefing, LogBriefing } from "../provider.ts";
import { analyse } from "./analyse.ts";
import { examplesFor } from "./examples.ts";
import { spokenFor } from "./frame/example-features.ts";
import { toolIndex } from "./frame/tool-index.ts";
import { languageOf, profiles } from "./languages/index.ts";
import { committedModel } from "./learned/model.ts";
import { lexiconOf } from "./text/lexicon.ts";
import { translate } from "./translate.ts";

/** Any log will do: its names are what is read least alike in two of them. */
const log: LogBriefing = {
  ...{ id: "log-warm", name: "warm", cases: 1, events: 2 },
  ...{ first: "2026-01-05T08:00:00.000Z", last: "2026-01-05T09:00:00.000Z" },
  vocabulary: {
    activities: ["Create order", "Check order"].map((name) => ({ name, count: 1 })),
    attributes: [{ name: "country", of: "case", kind: "text", values: ["Germany"], distinct: 1 }],
    hasStarts: true,
    hasTimes: true,
  },
};

const briefing = (text: string, language: string, tools: readonly Tool[]): Briefing => ({
  ...{ tenant: "", person: null, thread: "", now: new Date(0), zone: "UTC", language, text, tools },
  ...{ log, logs: [log], proposals: [], kpis: [], state: {} },
});

/** How many of its examples are read through, so that what reads is compiled. */
const rehearsed = 6;

/** @param pause is awaited between pieces of some milliseconds; it throws where it is no longer wanted */
export async function warmPlanner(
  tools: readonly Tool[],
  pause: () => Promise<void>,
  languages: readonly string[] = profiles.map(({ code }) => code),
): Promise<void> {
  for (const code of languages)
    for (const piece of piecesOf(code, tools)) {
      piece();
      await pause();
    }
}

function* piecesOf(code: string, tools: readonly Tool[]): Generator<() => unknown> {
  const language = languageOf(code);
  yield () => lexiconOf(language);
  yield () => committedModel().block(code);
  for (const tool of tools) yield () => spokenFor(tool, language);
  yield () => toolIndex(tools, language);
  yield () => translate("Mean waiting before Check order", code);
  for (const tool of tools.slice(-rehearsed)) {
    const text = examplesFor(tool, language)[0] ?? "";
    yield () => analyse(text, briefing(text, code, tools));
  }
}
