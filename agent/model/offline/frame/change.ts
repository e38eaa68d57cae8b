/** A change to try ("skip it", "twice as fast"): which of the kinds a tool knows, and that kind's own fields. */
import { z } from "zod";
import type { Reading } from "../link/reading.ts";

/** One kind of change: its object schema and the values of its discriminating field. */
interface Kind {
  readonly schema: z.ZodObject;
  readonly field: string;
  readonly name: string;
}

/** Every kind that a change's schema (one object or a union of them) allows. */
export function kindsOf(schema: z.ZodType): Kind[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => kindsOf(option as z.ZodType));
  if (!(schema instanceof z.ZodObject)) return [];
  for (const [field, value] of Object.entries(schema.shape)) {
    const names =
      value instanceof z.ZodLiteral ? [...value.values] : value instanceof z.ZodEnum ? value.options : [];
    if (names.length > 0) return names.map((name) => ({ schema, field, name: String(name) }));
  }
  return [];
}

/** The kind whose words are in the text: by the language's words for options, then by the kind's own name. */
export function kindMeant(kinds: readonly Kind[], reading: Reading): Kind | null {
  const spoken = new Set(
    reading.senses.flatMap(({ meaning }) => (meaning.kind === "option" ? [meaning.value] : [])),
  );
  if (spoken.has("automate") && !kinds.some(({ name }) => name === "automate")) spoken.add("faster");
  const words = new Set(reading.tokens.map(({ lower }) => lower));
  const parts = ({ name }: Kind): string[] => name.split(/[-_ ]/u);
  return (
    kinds.find((kind) => spoken.has(kind.name) || parts(kind).some((part) => spoken.has(part))) ??
    kinds.find((kind) => parts(kind).some((part) => words.has(part))) ??
    null
  );
}
