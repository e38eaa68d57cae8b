/** What spans of the text stand for. */
import type { Metric } from "../../../../tools/define.ts";
import type { Comparator, Statistic, TimeUnit } from "../languages/language.ts";
import type { Span } from "../text/utterance.ts";
import type { Instants } from "./calendar.ts";

interface Linked extends Span {
  /** 0…1: how sure. */
  readonly score: number;
}

/** A name of the log at hand. */
export type Thing =
  | { readonly kind: "activity"; readonly name: string }
  | { readonly kind: "attribute"; readonly name: string }
  | { readonly kind: "value"; readonly attribute: string; readonly name: string };

export type Link =
  | (Linked & { readonly kind: "thing"; readonly thing: Thing; readonly alternatives: readonly Thing[] })
  | (Linked & { readonly kind: "number"; readonly value: number })
  | (Linked & { readonly kind: "duration"; readonly seconds: number; readonly unit: string })
  | (Linked & { readonly kind: "money"; readonly amount: number; readonly currency: string })
  | (Linked & { readonly kind: "share"; readonly share: number })
  | (Linked & { readonly kind: "window"; readonly window: Window })
  | (Linked & { readonly kind: "hours"; readonly hours: WorkingHours })
  | (Linked & { readonly kind: "period"; readonly period: TimeUnit })
  | (Linked & { readonly kind: "metric"; readonly metric: Metric })
  | (Linked & { readonly kind: "statistic"; readonly statistic: Statistic })
  | (Linked & { readonly kind: "comparator"; readonly comparator: Comparator })
  | (Linked & { readonly kind: "ordinal"; readonly position: number })
  | (Linked & { readonly kind: "proposal"; readonly id: string })
  | (Linked & { readonly kind: "log"; readonly id: string })
  | (Linked & { readonly kind: "kpi"; readonly name: string })
  | (Linked & { readonly kind: "case"; readonly name: string })
  | (Linked & { readonly kind: "unknown"; readonly text: string; readonly near: readonly Thing[] });

export type LinkOf<Kind extends Link["kind"]> = Extract<Link, { kind: Kind }>;

/** A business calendar in words, as `tools/logs/core/calendar-definition.ts` has it: spans of the day by weekday. */
export interface WorkingHours {
  readonly name: string;
  readonly hours: Readonly<Partial<Record<string, readonly (readonly [from: string, to: string])[]>>>;
  /** IANA name, where the text has one. */
  readonly zone?: string;
}

/** A stretch of time, [from, to), with the words for the assumptions line. */
export interface Window extends Instants {
  readonly label: string;
  /** It has not ended yet. */
  readonly partial: boolean;
  readonly unit: TimeUnit | null;
}
