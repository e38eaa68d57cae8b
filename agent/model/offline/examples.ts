/** What to say for a tool, in the person's language. */
import type { Tool } from "../../../tools/define.ts";
import type { Language } from "./languages/language.ts";

/** The tool's examples in the language; in English where the language has none. */
export const examplesFor = ({ name, examples }: Tool, language: Language): readonly string[] =>
  language.examples[name] ?? examples[language.code] ?? examples.en;

/** The first that names no figure, which the log at hand may not have. */
export const plainExample = (tool: Tool, language: Language): string | undefined =>
  examplesFor(tool, language).find((text) => !/\d/u.test(text));
