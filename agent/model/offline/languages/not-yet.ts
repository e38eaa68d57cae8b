/**
 * Languages that are recognised and not yet understood, so that a question in one of them gets an honest word instead of
 * a guess. A language leaves this list when it gets a file of its own.
 */
export interface UnspokenLanguage {
  readonly code: string;
  /** Frequent words that English does not have; none for languages that their script gives away. */
  readonly words: readonly string[];
  readonly script?: RegExp;
  /** "I understand only English so far. Please ask in English." */
  readonly sentence: string;
}

const words = (text: string): readonly string[] => text.split(" ");

export const notYet: readonly UnspokenLanguage[] = [
  {
    code: "it",
    words: words(
      "il gli della delle dei sono dove quale quali quanti quante quanto perché per con noi mostra mostrami casi settimana scorsa mese oggi tempo perdiamo posso dopo è dura che non",
    ),
    sentence: "Per ora capisco solo l’inglese. Faccia la domanda in inglese, per favore.",
  },
];
