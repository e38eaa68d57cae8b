/** What a filler of slots is given, and what it gives. */
import type { Tool } from "../../../../tools/define.ts";
import type { Briefing } from "../../provider.ts";
import type { Link, LinkOf } from "../link/links.ts";
import type { Reading } from "../link/reading.ts";
import type { Field } from "./fields.ts";
import type { FoundFilter } from "./filters.ts";
import type { Measured } from "./measure.ts";

export interface SlotContext {
  readonly reading: Reading;
  readonly briefing: Briefing;
  readonly tool: Tool;
  readonly filters: readonly FoundFilter[];
  /** Links that neither the filters nor the measure took. */
  readonly free: readonly Link[];
  /** The attribute that is added up or averaged, where the tool can. */
  readonly measure: Measured | null;
}

export interface Filled {
  readonly value: unknown;
  readonly links: readonly Link[];
  /** Other values the same words may stand for. */
  readonly alternatives?: readonly { readonly value: unknown; readonly label: string }[];
}

export type Filler = (context: SlotContext, field: Field) => Filled | null;

export const freeOf = <Kind extends Link["kind"]>(context: SlotContext, kind: Kind): LinkOf<Kind>[] =>
  context.free.filter((link): link is LinkOf<Kind> => link.kind === kind);

export const things = (context: SlotContext, kind: "activity" | "attribute" | "value"): LinkOf<"thing">[] =>
  freeOf(context, "thing").filter(({ thing }) => thing.kind === kind);
