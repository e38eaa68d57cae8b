/** Text as it is searched: folded, and cut into words where the script writes none. */

const segmenter = new Intl.Segmenter("und", { granularity: "word" });
const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Small letters without accents, in Unicode's compatibility form. */
export const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFKC")
    .toLowerCase();

/** The words of a text; of a script without spaces, pairs of its characters too, for no two cut it alike. */
export function wordsOf(text: string): string[] {
  return [...segmenter.segment(fold(text))].flatMap(({ segment, isWordLike }) => {
    if (isWordLike !== true) return [];
    return spaceless.test(segment) ? [segment, ...pairs(segment)] : [segment];
  });
}

function pairs(word: string): string[] {
  const characters = [...word];
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

/** A term as terms are compared: "  The GR " and "gr" are one. */
export const termOf = (text: string): string =>
  fold(text)
    .replace(/["'“”„«»「」`]/gu, "")
    .replace(/^(?:the|a|an)\s+/u, "")
    .replace(/\s+/gu, " ")
    .trim();

/** Postgres' text search configurations, by language; what it has none for is searched word by word. */
const configurations: Readonly<Record<string, string>> = {
  en: "english",
  de: "german",
  fr: "french",
  es: "spanish",
  pt: "portuguese",
  it: "italian",
  nl: "dutch",
};
export const allConfigurations: readonly string[] = ["simple", ...Object.values(configurations)];

export const configurationOf = (language: string | null): string =>
  configurations[language?.slice(0, 2) ?? ""] ?? "simple";
