/** Width and colour of what a map draws. */

export const rampSteps = 5;

/** Stroke width in pixels by the logarithm of the count: 1.5 for one, 8 for the largest. */
export function strokeWidth(count: number, largest: number): number {
  if (largest <= 1 || count <= 0) return 1.5;
  return 1.5 + 6.5 * (Math.log(Math.max(1, count)) / Math.log(largest));
}

/** What a map's arrows tell by their width: how often, or how long. */
export type Told = "frequency" | "time";

/** Stroke width in pixels by the time relative to the longest, on the ramp's scale: 1.5 for none, 8 for the longest. */
export function timeWidth(seconds: number | null, longest: number): number {
  if (seconds === null || seconds <= 0 || longest <= 0) return 1.5;
  return 1.5 + 6.5 * Math.sqrt(Math.min(1, seconds / longest));
}

/**
 * Steps 0…4 of the ramp by time relative to the longest, on a square-root scale: waiting times are skewed, and a linear
 * one would leave all but one step grey. Null (no times) is step 0.
 */
export function rampStep(seconds: number | null, longest: number): number {
  if (seconds === null || seconds <= 0 || longest <= 0) return 0;
  return Math.min(rampSteps - 1, Math.floor(Math.sqrt(seconds / longest) * rampSteps));
}

export const rampColour = (step: number): string => `var(--ramp-${step})`;

/** The least seconds of each step, for the legend. */
export function rampLimits(longest: number): readonly number[] {
  return Array.from({ length: rampSteps }, (_, step) => (step / rampSteps) ** 2 * longest);
}

/** A label in at most `lines` lines of `width` characters; what does not fit ends in an ellipsis. */
export function wrapLabel(label: string, width: number, lines: number): readonly string[] {
  const wrapped: string[] = [];
  let line = "";
  for (const word of label.split(/\s+/).filter((piece) => piece !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= width || line === "") line = longer;
    else {
      wrapped.push(line);
      line = word;
    }
  }
  if (line !== "") wrapped.push(line);
  const shown = wrapped
    .slice(0, lines)
    .map((text) => (text.length > width ? `${text.slice(0, width - 1)}…` : text));
  const last = shown.at(-1);
  if (wrapped.length > lines && last !== undefined) shown[lines - 1] = `${last.slice(0, width - 1)}…`;
  return shown;
}
