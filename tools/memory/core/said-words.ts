/** How much of what somebody names stands in a text: enough to take it away, or only like it. */

const segmenter = new Intl.Segmenter("und", { granularity: "word" });

const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFKC")
    .toLowerCase();

const wordsOf = (text: string): string[] =>
  [...segmenter.segment(fold(text))].flatMap(({ segment, isWordLike }) =>
    isWordLike === true ? [segment] : [],
  );

/** Short words of alphabets are mostly grammar; they count where there are no others. */
const isWeighty = (word: string): boolean => word.length > 3 || !/^\p{Script=Latin}+$/u.test(word);

/** One word or two of its forms: they begin alike, and most of them is the beginning. */
function isForm(word: string, other: string): boolean {
  if (word === other) return true;
  const shorter = Math.min(word.length, other.length);
  let alike = 0;
  while (alike < shorter && word[alike] === other[alike]) alike++;
  return alike >= 4 && alike >= 0.7 * Math.max(word.length, other.length);
}

/** Of the words that are asked for, the share that stands in the text; 0 where none is asked for. */
export function shareSaid(asked: string, text: string): number {
  const all = [...new Set(wordsOf(asked))];
  const weighty = all.filter(isWeighty);
  const wanted = weighty.length > 0 ? weighty : all;
  const there = wordsOf(text);
  const found = wanted.filter((word) => there.some((other) => isForm(word, other)));
  return wanted.length === 0 ? 0 : found.length / wanted.length;
}
