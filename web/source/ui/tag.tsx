import type { ReactNode } from "react";

const tones = {
  plain: "bg-raised text-muted",
  waiting: "bg-waiting-soft text-waiting",
  breach: "bg-breach-soft text-breach",
  good: "bg-good-soft text-good",
  machine: "bg-machine-soft text-machine",
} as const;
export type Tone = keyof typeof tones;

/** A word with a meaning; the icon says it a second time, so that colour is never alone. */
export function Tag({
  tone = "plain",
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <span
      className={`inline-flex shrink-0 items-center gap-1 rounded-md px-1.5 py-0.5 text-caption font-medium whitespace-nowrap ${tones[tone]}`}
    >
      {icon}
      {children}
    </span>
  );
}
