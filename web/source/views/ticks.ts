const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const steps = [
  1,
  5,
  15,
  30,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
];
const days = [1, 2, 7, 14, 30, 61, 91, 183, 365, 730, 1826, 3652];

/** About `wanted` round seconds between two: steps of seconds, minutes, hours, then days. */
export function ticks(from: number, to: number, wanted: number): readonly number[] {
  if (!(to > from)) return Number.isFinite(from) ? [from] : [];
  const least = (to - from) / wanted;
  const step = [...steps, ...days.map((count) => count * DAY)].find((each) => each >= least) ?? least;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, at) => first + at * step);
}
