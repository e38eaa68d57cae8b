/** Numbers, durations and instants as people read them, in a locale. */

export interface Written {
  /** The number with its sign and separators, or the whole of it where the unit is part of the number (money, percent). */
  readonly value: string;
  /** Empty where `value` has it. */
  readonly unit: string;
}

/** The same steps as the server's, so that a tile and the sentence above it agree: days from two days on. */
const durations = [
  { from: 172_800, seconds: 86_400, unit: "day" },
  { from: 3_597, seconds: 3_600, unit: "hour" },
  { from: 59.95, seconds: 60, unit: "minute" },
  { from: 0, seconds: 1, unit: "second" },
] as const;

/** At most one decimal below 100, none above, three below one. */
function decimals(value: number): number {
  const size = Math.abs(value);
  if (size >= 100 || size === 0) return 0;
  return size >= 1 ? 1 : 3;
}

export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: decimals(value) }).format(value);
}

export function formatShare(share: number, locale: string): string {
  const percent = Math.abs(share * 100);
  const maximumFractionDigits = percent === 0 || percent >= 0.1 ? 1 : 3;
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits }).format(share);
}

type DurationStyle = "long" | "short" | "narrow";

/** Seconds in the unit that suits their size: 93 600 → 26 hours, 187 200 → 2.2 days. */
export function writeDuration(seconds: number, locale: string, style: DurationStyle = "long"): Written {
  const scale = durations.find((candidate) => Math.abs(seconds) >= candidate.from) ?? durations[3];
  const value = seconds / scale.seconds;
  const parts = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: scale.unit,
    unitDisplay: style,
    maximumFractionDigits: decimals(value),
  }).formatToParts(value);
  const join = (keep: (type: string) => boolean) =>
    parts
      .filter((part) => keep(part.type))
      .map((part) => part.value)
      .join("")
      .trim();
  const isUnit = (type: string) => type === "unit" || type === "literal";
  return { value: join((type) => !isUnit(type)), unit: join((type) => type === "unit") };
}

export function formatDuration(seconds: number, locale: string, style: DurationStyle = "short"): string {
  const { value, unit } = writeDuration(seconds, locale, style);
  return style === "narrow" ? `${value}${unit}` : `${value} ${unit}`;
}

const isCurrency = (unit: string): boolean => /^[A-Z]{3}$/.test(unit);

/** A fact's value by its unit: `s`, `share` (0…1), `%`, a currency code, or the noun that is counted. */
export function writeValue(value: number, unit: string, locale: string): Written {
  if (unit === "s") return writeDuration(value, locale);
  if (unit === "share") return { value: formatShare(value, locale), unit: "" };
  if (unit === "%") return { value: formatShare(value / 100, locale), unit: "" };
  if (isCurrency(unit)) return { value: formatMoney(value, unit, locale), unit: "" };
  return { value: formatNumber(value, locale), unit };
}

export function formatValue(value: number, unit: string, locale: string): string {
  const written = writeValue(value, unit, locale);
  return written.unit === "" ? written.value : `${written.value} ${written.unit}`;
}

export function formatMoney(amount: number, currency: string, locale: string): string {
  const maximumFractionDigits = Math.abs(amount) >= 100 ? 0 : 2;
  return new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits }).format(amount);
}

/** An ISO 8601 instant in the browser's zone; what is not one comes back as it is. */
export function formatInstant(
  instant: string,
  locale: string,
  style: "date" | "minute" | "second" = "minute",
): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const time = { minute: { timeStyle: "short" }, second: { timeStyle: "medium" }, date: {} } as const;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", ...time[style] }).format(date);
}

/** "in 2 days", "3 hours ago". */
export function formatFromNow(instant: string, now: number, locale: string): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  if (Number.isNaN(seconds)) return instant;
  const scale = durations.find((candidate) => Math.abs(seconds) >= candidate.from) ?? durations[3];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(
    Math.round(seconds / scale.seconds),
    scale.unit,
  );
}

/** A value of unknown kind in words: lists with commas, members as "name value", nested ones in brackets. */
export function formatUnknown(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return String(value);
  const nested = (inner: unknown) =>
    typeof inner === "object" && inner !== null ? `(${formatUnknown(inner)})` : formatUnknown(inner);
  if (Array.isArray(value)) return value.map(nested).join(", ");
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${nested(inner)}`)
    .join(", ");
}
