/**
 * What people ask figures of that event logs seldom hold: how content customers are, what was earned, what was emitted. A log
 * that has an attribute of the name is asked as ever. Beginnings of words, in every language, each with the letters before it.
 */
const letters: readonly string[] = [
  "nps",
  "csat",
  "ces score",
  "ebitda",
  "ebit",
  "roas",
  "co2",
  "co₂",
  "mrr",
  "arr",
];

const beginnings: readonly string[] = [
  "customer satisfaction",
  "net promoter",
  "kundenzufriedenheit",
  "zufriedenheit",
  "klanttevredenheid",
  "tevredenheid",
  "satisfaction client",
  "satisfaction des clients",
  "satisfacción de",
  "satisfacción del",
  "satisfação d",
  "soddisfazione de",
  "zadowolenie klient",
  "zadowolenia klient",
  "satysfakcj",
  "gewinnmarge",
  "winstmarge",
  "profit margin",
];
const spaceless: readonly string[] = ["満足度", "满意度", "利益率", "利润率"];

const pattern = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?:${letters.join("|")})(?![\\p{L}\\p{N}])|(?:${beginnings.join("|")})\\p{L}*)|${spaceless.join("|")}`,
  "iu",
);

/** Where a text names one. */
export function absentFigureIn(
  text: string,
): { readonly text: string; readonly start: number; readonly end: number } | null {
  const found = pattern.exec(text);
  return found && { text: found[0], start: found.index, end: found.index + found[0].length };
}
