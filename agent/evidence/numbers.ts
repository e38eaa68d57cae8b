/** Finds every number in a text, in digits of any script, and (for language models) in words. */

export interface NumberSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Digits of any script with separators inside, fractions, Roman and circled numerals, Chinese numerals. */
const digits =
  /[\p{Nd}\p{No}\p{Nl}](?:[.,'’٫٬_:/\u00a0\u202f\u2009-]?[\p{Nd}\p{No}\p{Nl}])*|[〇零一二三四五六七八九十百千万萬億亿兆]{2,}|[二三四五六七八九十百千](?=[個个件日天時时分秒週周月年倍割％%])/gu;

const words: Readonly<Record<string, readonly string[]>> = {
  en: (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands " +
    "million millions billion billions dozen dozens half third thirds quarter quarters fifth fifths tenth tenths " +
    "double doubled triple tripled twice thrice halved"
  ).split(" "),
  de: (
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig siebzig " +
    "achtzig neunzig hundert tausend million millionen dutzend hälfte drittel viertel fünftel doppelt"
  ).split(" "),
  fr: (
    "deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante " +
    "cinquante soixante cent cents mille million millions douzaine moitié tiers quart double triple"
  ).split(" "),
  es: (
    "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta cuarenta " +
    "cincuenta sesenta setenta ochenta noventa cien ciento cientos mil millón millones docena mitad tercio doble triple"
  ).split(" "),
  it: (
    "due tre quattro cinque sei sette otto nove dieci undici dodici venti trenta quaranta cinquanta sessanta " +
    "settanta ottanta novanta cento mille mila milione milioni dozzina metà doppio triplo"
  ).split(" "),
  pt: (
    "dois duas três quatro cinco seis sete oito nove dez onze doze vinte trinta quarenta cinquenta sessenta " +
    "setenta oitenta noventa cem cento mil milhão milhões dúzia metade dobro triplo"
  ).split(" "),
  nl: (
    "twee drie vier vijf zes zeven acht negen tien elf twaalf twintig dertig veertig vijftig zestig zeventig " +
    "tachtig negentig honderd duizend miljoen dozijn helft kwart dubbel"
  ).split(" "),
};
const everyWord = new Set([...Object.values(words).flat()]);
/** "fifty-two", "zweiundzwanzig": a word made of number words alone is one too. */
const compound = /^(?:und|and|et|y|e|en|-)+$/u;

function isNumberWord(word: string): boolean {
  if (everyWord.has(word)) return true;
  if (word.length < 8) return false;
  for (let at = word.length - 3; at >= 3; at -= 1) {
    if (!everyWord.has(word.slice(at))) continue;
    const head = word.slice(0, at);
    const joined = head.replace(/(?:und|and|-)$/u, "");
    if (compound.test(head) || everyWord.has(joined) || isNumberWord(joined)) return true;
    if (joined === "ein" || joined === "one") return true;
  }
  return false;
}

/** Numbers written with digits, in order. */
export function numbersInDigits(text: string): NumberSpan[] {
  return [...text.matchAll(digits)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
  }));
}

/** Number words of seven languages, in order: a language model may hide a figure in one. */
export function numbersInWords(text: string): NumberSpan[] {
  return [...text.matchAll(/\p{L}+/gu)]
    .filter((match) => isNumberWord(match[0].toLowerCase()))
    .map((match) => ({ start: match.index, end: match.index + match[0].length, text: match[0] }));
}

/** One spelling for one written number: ASCII digits, no separators at the ends. */
export const normalizeNumber = (text: string): string =>
  [...text.normalize("NFKC")]
    .map((char) => (/\p{Nd}/u.test(char) ? asciiDigit(char) : char))
    .join("")
    .toLowerCase();

/** Unicode keeps the ten digits of a script together, from zero up. */
function asciiDigit(char: string): string {
  const code = char.codePointAt(0)!;
  if (code < 0x80) return char;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

/** What a written number may mean: "1.234" is 1.234 and 1234, for separators differ by language. */
export function readings(text: string): number[] {
  const plain = normalizeNumber(text)
    .replace(/[\s'’_\u00a0\u202f\u2009٬]/g, "")
    .replace(/٫/g, ".");
  const candidates = [
    plain.replace(/,/g, ""),
    plain.replace(/\./g, "").replace(",", "."),
    plain.replace(",", "."),
  ];
  return [...new Set(candidates.map(Number).filter(Number.isFinite))];
}
