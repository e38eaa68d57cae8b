/** What a tool's own words are about: its examples in every language, and its description. */
import type { Tool } from "../../../../tools/define.ts";
import { languageOf } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import { read } from "../link/read.ts";
import { languageTable } from "../prepared/tables.ts";
import { entryOf } from "../text/entry.ts";
import { type Features, featuresOf } from "./features.ts";

const nowhere = { now: new Date(0), zone: "UTC", log: null, logs: [], proposals: [], kpis: [] };

/** Of a text that is about no log. */
export const featuresIn = (text: string, language: Language): Features =>
  featuresOf(read(text, language, nowhere));

/** The same, out of the prepared table where it has the text. */
function featuresFor(text: string, language: Language): Features {
  const table = languageTable(language.code, "features");
  const prepared = table && entryOf(table, text);
  return prepared ? new Map(prepared) : featuresIn(text, language);
}

export const describedBy = (tool: Tool): string => `${tool.description} ${tool.name.replace(/[.-]/gu, " ")}`;

const spoken = new WeakMap<Tool, Map<string, readonly Features[]>>();

/**
 * What is said of the tool in English, by its ideas alone where another language is spoken, and in that language. Read once,
 * whoever may ask for which tools.
 */
export function spokenFor(tool: Tool, language: Language): readonly Features[] {
  const known = spoken.get(tool) ?? new Map<string, readonly Features[]>();
  spoken.set(tool, known);
  const found = known.get(language.code) ?? spokenIn(tool, language);
  known.set(language.code, found);
  return found;
}

function spokenIn(tool: Tool, language: Language): readonly Features[] {
  const common = inEnglish(tool).examples;
  if (language.code === "en") return common;
  const own = [...(language.examples[tool.name] ?? []), ...(tool.examples[language.code] ?? [])];
  return [...common.map(withoutWords), ...own.map((text) => featuresFor(text, language))];
}

/** What its description speaks of: in another language than English its ideas alone. */
export function descriptionFor(tool: Tool, language: Language): Features {
  const { description } = inEnglish(tool);
  return language.code === "en" ? description : withoutWords(description);
}

interface InEnglish {
  readonly examples: readonly Features[];
  readonly description: Features;
}
const english = new WeakMap<Tool, InEnglish>();

/** Read once for all languages. */
function inEnglish(tool: Tool): InEnglish {
  let found = english.get(tool);
  if (!found) {
    const language = languageOf("en");
    found = {
      examples: tool.examples.en.map((text) => featuresFor(text, language)),
      description: featuresFor(describedBy(tool), language),
    };
    english.set(tool, found);
  }
  return found;
}

const withoutWords = (features: Features): Features =>
  new Map([...features].filter(([feature]) => !/^(?:word|pair):/u.test(feature)));
