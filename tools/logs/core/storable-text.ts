/** Text that every database can hold. Pure. */

/** An escape of JSON that may stand for half a letter, or for the letter that ends texts. */
export const mayHoldUnstorable = (json: string): boolean => /\\u(?:0000|d[89a-f])/iu.test(json);

const storableText = (text: string): string => text.toWellFormed().replaceAll("\0", "\ufffd");

/**
 * A copy of a JSON value in whose texts and names U+FFFD stands for NUL and for halves of surrogate pairs.
 * @param keep values that are taken as they are
 */
export function storable<Value>(value: Value, keep: (value: unknown) => boolean = () => false): Value {
  if (typeof value === "string") return storableText(value) as Value;
  if (typeof value !== "object" || value === null || keep(value)) return value;
  if (Array.isArray(value)) return value.map((item) => storable(item, keep)) as Value;
  const entries = Object.entries(value).map(([name, item]) => [storableText(name), storable(item, keep)]);
  return Object.fromEntries(entries) as Value;
}
