/** A value as a model may see it in few characters: long lists by their beginning, long texts cut, all of it said. */

/** Figures come from facts; of what stands beside them four digits tell enough. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

const longestText = 300;

function trimmed(value: unknown, items: number): unknown {
  if (typeof value === "string")
    return value.length <= longestText ? value : `${value.slice(0, longestText).toWellFormed()}…`;
  if (Array.isArray(value)) {
    const kept = value.slice(0, items).map((item) => trimmed(item, items));
    return value.length > items ? [...kept, `(${value.length - items} more)`] : kept;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, trimmed(item, items)]));
}

export interface Shortened {
  readonly shown: unknown;
  readonly whole: boolean;
}

/** The value in JSON of at most so many characters. */
export function shorten(value: unknown, characters: number): Shortened {
  const text = JSON.stringify(value, rounded) ?? "null";
  const plain: unknown = JSON.parse(text);
  if (text.length <= characters) return { shown: plain, whole: true };
  for (const items of [50, 20, 10, 5, 2]) {
    const shown = trimmed(plain, items);
    if (JSON.stringify(shown).length <= characters) return { shown, whole: false };
  }
  return { shown: `${text.slice(0, characters / 2).toWellFormed()}… (cut)`, whole: false };
}
