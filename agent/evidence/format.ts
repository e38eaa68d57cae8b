/** How a quantity is written for people: by Intl, in their language, in the unit that suits its size. */

import { languageOf } from "../model/offline/languages/index.ts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A number with a language's separators. */
export function formatNumber(value: number, language: string, maximumFractionDigits: number): string {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits, signDisplay: "negative" });
  return format.format(value);
}

/** Two fraction digits, or as many as three significant digits need when smaller than one. */
const plainDigits = (value: number): number => {
  const size = Math.abs(value);
  if (Number.isInteger(value)) return 0;
  return size >= 0.1 ? 2 : Math.min(10, 2 - Math.floor(Math.log10(size)));
};

/** Seconds below 1 minute, minutes below 1 hour, hours below 2 days, then days. */
function formatDuration(seconds: number, language: string): string {
  const size = Math.abs(seconds);
  const written = (value: number, symbol: string, digits: number): string =>
    `${formatNumber(value, language, digits)} ${symbol}`;
  if (size < 59.95) return written(seconds, "s", size < 10 ? plainDigits(seconds) : 1);
  if (size < hour - minute / 20) {
    const minutes = seconds / minute;
    return written(minutes, "min", Math.abs(minutes) < 10 ? 1 : Math.abs(minutes) < 59.5 ? 0 : 1);
  }
  if (size < 2 * day) return written(seconds / hour, "h", 1);
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: "day",
    unitDisplay: "long",
    maximumFractionDigits: 1,
    signDisplay: "negative",
  }).format(seconds / day);
}

function formatPercent(share: number, language: string): string {
  const size = Math.abs(share);
  return new Intl.NumberFormat(language, {
    style: "percent",
    maximumFractionDigits: size === 0 || size >= 0.001 ? 1 : 3,
    signDisplay: "negative",
  }).format(share);
}

const formatMoney = (amount: number, currency: string, language: string): string =>
  new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    trailingZeroDisplay: "stripIfInteger",
    signDisplay: "negative",
  }).format(amount);

/** "cases" → "case", "activities" → "activity", "cases per day" → "case per day". */
function singular(noun: string): string {
  const [, head = noun, rest = ""] =
    noun.match(/^(.*?)( (?:of|in|over|per|with|for|that|on|at|a|an)\b.*)?$/u) ?? [];
  const word = head
    .replace(/ies$/u, "y")
    .replace(/(ss|x|ch|sh)es$/u, "$1")
    .replace(/([^sy])s$/u, "$1");
  return word + rest;
}

function formatCount(value: number, noun: string, language: string): string {
  const number = formatNumber(value, language, plainDigits(value));
  const forms = language === "en" ? undefined : languageOf(language).nouns[noun];
  if (forms) {
    const form = forms[new Intl.PluralRules(language).select(value)] ?? forms.other;
    return form.includes("{n}") ? form.replace("{n}", number) : `${number} ${form}`;
  }
  return noun === "" ? number : `${number} ${value === 1 ? singular(noun) : noun}`;
}

/**
 * A value in its unit: `s` (seconds) as "45 min", "10.4 h" or "2.3 days"; `share` (0…1) and `%` as a percentage; an
 * ISO 4217 code as money; every other unit is the noun that is counted: "1,234 cases", "1 case".
 */
export function formatQuantity(value: number, unit: string, language: string): string {
  if (unit === "s") return formatDuration(value, language);
  if (unit === "share") return formatPercent(value, language);
  if (unit === "%") return formatPercent(value / 100, language);
  if (/^[A-Z]{3}$/.test(unit)) return formatMoney(value, unit, language);
  return formatCount(value, unit, language);
}
