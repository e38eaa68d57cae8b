/** Verbs with the pronoun of their object written onto them. */
import type { Phrases } from "../languages/language.ts";
import { phrases } from "./lexicon.ts";
import { fold } from "./stem.ts";
import type { Utterance } from "./utterance.ts";

/** "compáralos", "mostre-as", "elencali": nothing but such a verb. */
export const isEnclitic = ({ text, language }: Utterance): boolean =>
  language.enclitic !== undefined &&
  new RegExp(`^[¿¡\\s]*(?:${language.enclitic})[\\s.!?]*$`, "iu").test(text.normalize("NFC"));

/** The verb is one of these: "muéstramelos" is "muestra". */
export const isEncliticOf = (utterance: Utterance, verbs: Phrases): boolean => {
  const said = fold(utterance.text.replace(/^[¿¡\s]+/u, ""));
  return (
    isEnclitic(utterance) &&
    phrases(verbs).some(
      (verb) => verb.length >= shortest && said.startsWith(fold(verb).slice(0, verb.length - 1)),
    )
  );
};
const shortest = 4;
