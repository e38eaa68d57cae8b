/** What a text gives to a tool's fields. */
import type { Link } from "../link/links.ts";
import type { Field } from "./fields.ts";

/** An input in the making. */
export interface Filling {
  readonly input: Readonly<Record<string, unknown>>;
  /** Links that some field took. */
  readonly used: ReadonlySet<Link>;
  /** Required fields nothing was found for. */
  readonly missing: readonly Field[];
  /** The same input with another reading of an ambiguous word, and that word. */
  readonly variants: readonly { readonly input: Readonly<Record<string, unknown>>; readonly label: string }[];
  /** Attributes taken because of their kind rather than named. */
  readonly assumed: readonly string[];
  /** Two sides of a comparison were both named. */
  readonly contrast: boolean;
  /** An attribute was named to group by. */
  readonly grouped: boolean;
  /** Two steps were named as the ends of a time, for a tool that is about two. */
  readonly paired: boolean;
  /** A figure was asked for, and a metric found for it. */
  readonly measured: boolean;
  /** The words say when to do what. */
  readonly ruled: boolean;
  /** A whole rule was said. */
  readonly rule: boolean;
  /** How this reading is called beside its variants, where it has no word of its own. */
  readonly label?: string;
  /** The other values of a field that takes one, where several were named ("median and p95"). */
  readonly also: readonly Readonly<Record<string, unknown>>[];
}
