/** The language of a short answer: "ambos" is a word of several. */
import type { Briefing } from "../../provider.ts";
import { languageOf } from "../languages/index.ts";
import type { Language } from "../languages/language.ts";
import { read } from "../link/read.ts";
import { stateOf } from "../state.ts";
import { wordCount } from "../text/wording.ts";
import { choiceIn } from "./choice.ts";

/** More words tell their language themselves. */
const few = 3;

/** The thread's, where it was asked in it which reading is meant, and few words of it choose one; else null. */
export function answersIn(text: string, briefing: Briefing): Language | null {
  const { readings } = stateOf(briefing.state);
  if (readings.length === 0 || briefing.language === null) return null;
  const language = languageOf(briefing.language);
  const reading = read(text, language, briefing);
  return wordCount(reading) <= few && choiceIn(reading, readings, briefing) !== null ? language : null;
}
