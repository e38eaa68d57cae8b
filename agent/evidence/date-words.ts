/** Dates as people write them, in one language, by Intl's names of the months. */

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function monthNames(language: string): string[] {
  const names = new Set<string>();
  for (const month of ["long", "short"] as const) {
    for (const day of [undefined, "numeric"] as const) {
      const format = new Intl.DateTimeFormat(language, {
        month,
        timeZone: "UTC",
        ...(day === undefined ? {} : { day }),
      });
      for (let index = 0; index < 12; index += 1) {
        const parts = format.formatToParts(new Date(Date.UTC(2024, index, 15)));
        const name = parts.find(({ type }) => type === "month")?.value ?? "";
        if (/\p{L}/u.test(name)) names.add(name);
      }
    }
  }
  return [...names].sort((a, b) => b.length - a.length);
}

/** Where a month is its number with a mark, Intl names none: an empty name would make a date of every number. */
const never = "(?!)";
/** "2026年5月1日", "5月1日", "5月", "2026年". */
const markedDate = "(?<!\\p{N})(?:(?:\\d{4}年\\s*)?\\d{1,2}月(?:\\s*\\d{1,2}[日号])?|\\d{4}年)(?!\\p{N})";

const patterns = new Map<string, RegExp>();

function patternFor(language: string): RegExp {
  const known = patterns.get(language);
  if (known !== undefined) return known;
  const names = monthNames(language);
  const month = names.length === 0 ? never : `(?:${names.map(escaped).join("|")})`;
  const day = "\\d{1,2}(?:st|nd|rd|th|\\.)?";
  const days = `${day}(?:\\s*(?:–|—|-|to|and|bis|und|au|et|a|al|e|y|tot|en)\\s*${day})?`;
  const year = "(?:,?\\s*(?:de\\s+)?\\d{4})?";
  const pattern = new RegExp(
    [
      `(?<![\\p{L}\\p{N}])${days}\\s*(?:de\\s+)?${month}\\.?${year}(?![\\p{L}\\p{N}])`,
      `(?<![\\p{L}\\p{N}])${month}\\.?\\s+${days}${year}(?![\\p{L}\\p{N}])`,
      `(?<![\\p{L}\\p{N}])${month}\\.?\\s+(?:de\\s+)?\\d{4}(?![\\p{L}\\p{N}])`,
      "(?<![\\p{L}\\p{N}])\\d{4}-\\d{2}-\\d{2}(?![\\p{L}\\p{N}])",
      ...(/^(?:ja|zh)\b/u.test(language) ? [markedDate] : []),
    ].join("|"),
    "gu",
  );
  patterns.set(language, pattern);
  return pattern;
}

/** The text with its written dates blanked. */
export const blankDates = (text: string, language: string): string =>
  text.replace(patternFor(language), (date) => " ".repeat(date.length));
