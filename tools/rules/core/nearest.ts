/** Letters and digits in lower case, words apart by one space; camelCase and snake_case are taken apart. */
export function normalizeName(name: string): string {
  return name
    .normalize("NFKC")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function trigrams(text: string): ReadonlySet<string> {
  const padded = `  ${normalizeName(text)} `;
  const result = new Set<string>();
  for (let index = 0; index + 3 <= padded.length; index++) result.add(padded.slice(index, index + 3));
  return result;
}

/** Dice coefficient of the two texts' character trigrams: 0 (nothing in common) to 1 (the same). */
export function similarity(left: string, right: string): number {
  const [first, second] = [trigrams(left), trigrams(right)];
  if (first.size + second.size === 0) return 0;
  let common = 0;
  for (const gram of first) if (second.has(gram)) common++;
  return (2 * common) / (first.size + second.size);
}

/** The names that resemble `wanted` most, best first; none below a quarter of resemblance. */
export function nearest(wanted: string, names: readonly string[], count = 3): readonly string[] {
  return names
    .map((name) => ({ name, score: similarity(wanted, name) }))
    .filter(({ score }) => score >= 0.25)
    .sort((left, right) => right.score - left.score)
    .slice(0, count)
    .map(({ name }) => name);
}
