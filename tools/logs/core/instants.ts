/** Dates and times in bytes, as they stand in files; instants are microseconds since 1970-01-01T00:00Z. */

/** Which of the three numbers of a date comes first. */
export type DateOrder = "ymd" | "dmy" | "mdy";

/** Beginnings of the months' names without accents, in English, German, French, Spanish, Italian, Portuguese and Dutch. */
const MONTHS: readonly RegExp[] = [
  /^(jan|ene|gen)/,
  /^(feb|fev)/,
  /^(mar|mrz|maa|mrt)/,
  /^(apr|avr|abr)/,
  /^(may|mai|mag|mei)/,
  /^(jun|juin|giu)/,
  /^(jul|juil|lug)/,
  /^(aug|aou|ago)/,
  /^(sep|set)/,
  /^(oct|okt|ott|out)/,
  /^(nov)/,
  /^(dec|dez|dic)/,
];
const DAY = 86_400_000_000;
const [ZERO, NINE, COLON, DOT, COMMA, SPACE, PLUS, MINUS, SLASH] = [48, 57, 58, 46, 44, 32, 43, 45, 47];

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar (Hinnant, days_from_civil). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = (((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) | 0) + day - 1;
  const dayOfEra = yearOfEra * 365 + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const daysIn = (year: number, month: number): number =>
  month === 2
    ? (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
      ? 29
      : 28
    : month === 4 || month === 6 || month === 9 || month === 11
      ? 30
      : 31;

/**
 * Parses one cell after another. `parse` gives microseconds, `NaN` where the bytes are no date. After a
 * success `zoned` says whether they carried a zone (else the result is local time as if it were UTC).
 */
export class InstantParser {
  readonly order: DateOrder;
  zoned = false;
  /** For `dmy` and `mdy`: a day beyond 12 was seen, so the order is certain. */
  proven = false;
  /** Fraction digits of the last success. */
  fraction = 0;
  /** The byte between date and time of the last success, 0 where there was no time. */
  between = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  #digits = 0;
  #lastDate = -1;
  #lastDay = 0;

  constructor(order: DateOrder) {
    this.order = order;
  }

  parse(bytes: Uint8Array, start: number, end: number): number {
    const usual = this.order === "ymd" ? this.#usual(bytes, start, end) : Number.NaN;
    return Number.isNaN(usual) ? this.#any(bytes, start, end) : usual;
  }

  /** `YYYY-MM-DDTHH:MM:SS`, then `.fff` or nothing, then `±HH:MM`, `Z` or nothing; NaN for all else. */
  #usual(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < 19) return Number.NaN;
    const between = bytes[start + 10] as number;
    if (between !== 84 && between !== SPACE) return Number.NaN;
    if (bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return Number.NaN;
    if (bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return Number.NaN;
    const day = this.#usualDay(bytes, start);
    const hour = twoDigits(bytes, start + 11);
    const minute = twoDigits(bytes, start + 14);
    const second = twoDigits(bytes, start + 17);
    if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
    let at = start + 19;
    let millis = 0;
    if (end - at > 3 && bytes[at] === DOT) {
      millis = threeDigits(bytes, at + 1);
      at += 4;
    }
    const offset = at === end ? 0 : usualOffset(bytes, at, end);
    this.zoned = at !== end;
    this.fraction = at - start > 19 ? 3 : 0;
    this.between = between;
    return day * DAY + (hour * 3600 + minute * 60 + second) * 1_000_000 + millis * 1000 - offset;
  }

  /** Neighbouring rows are mostly of one day. */
  #usualDay(bytes: Uint8Array, start: number): number {
    const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
    const month = twoDigits(bytes, start + 5);
    const day = twoDigits(bytes, start + 8);
    const date = (year * 100 + month) * 100 + day;
    if (date === this.#lastDate) return this.#lastDay;
    const found = Number.isNaN(date) ? date : civil(year, month, day);
    if (Number.isNaN(found)) return found;
    this.#lastDate = date;
    this.#lastDay = found;
    return found;
  }

  #any(bytes: Uint8Array, start: number, end: number): number {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.zoned = false;
    this.fraction = 0;
    this.between = 0;
    this.#skipSpaces();
    const day = this.#date();
    if (Number.isNaN(day)) return Number.NaN;
    const time = this.#time();
    this.#skipSpaces();
    return this.#at === this.#end ? day * DAY + time : Number.NaN;
  }

  text(value: string): number {
    const bytes = Buffer.from(value);
    return this.parse(bytes, 0, bytes.length);
  }

  #date(): number {
    const first = this.#number();
    const firstDigits = this.#digits;
    if (firstDigits === 8 && this.order === "ymd") {
      return civil((first / 10_000) | 0, ((first / 100) | 0) % 100, first % 100);
    }
    const separator = this.#bytes[this.#at];
    if (firstDigits === 0) return this.order === "ymd" ? Number.NaN : this.#monthFirst();
    if (!isDateSeparator(separator)) return Number.NaN;
    this.#at++;
    const from = this.#at;
    this.#filler();
    const named = this.#monthName();
    if (named === 0) this.#at = from;
    const second = named || this.#number();
    if (named) this.#filler();
    else if (this.#digits === 0 || this.#bytes[this.#at++] !== separator) return Number.NaN;
    const third = this.#number();
    if (this.#digits === 0) return Number.NaN;
    if (this.order === "ymd") return firstDigits === 4 ? civil(first, second, third) : Number.NaN;
    if (this.#digits !== 4 && this.#digits !== 2) return Number.NaN;
    const year = this.#digits === 4 ? third : third + (third < 70 ? 2000 : 1900);
    const dayFirst = this.order === "dmy" || named !== 0;
    const day = dayFirst ? first : second;
    if (day > 12 || named) this.proven = true;
    return civil(year, dayFirst ? second : first, day);
  }

  /** "Dec 31, 2024" */
  #monthFirst(): number {
    const month = this.#monthName();
    if (month === 0) return Number.NaN;
    this.#filler();
    const day = this.#number();
    if (this.#digits === 0 || this.#digits > 2) return Number.NaN;
    this.#filler();
    const year = this.#number();
    if (this.#digits !== 4) return Number.NaN;
    this.proven = true;
    return civil(year, month, day);
  }

  /** What stands around a month's name: spaces, points, commas, lines, the Spanish "de". */
  #filler(): void {
    for (; this.#at < this.#end; this.#at++) {
      const byte = this.#bytes[this.#at] as number;
      const isDe = (byte | 32) === 100 && ((this.#bytes[this.#at + 1] ?? 0) | 32) === 101;
      if (isDe && this.#at + 2 < this.#end && this.#bytes[this.#at + 2] === SPACE) this.#at += 2;
      else if (!isDateSeparator(byte) && byte !== COMMA) return;
    }
  }

  /** Microseconds of the day less the zone's offset; 0 where there is no time; NaN where it is malformed. */
  #time(): number {
    if (this.#bytes[this.#at] === COMMA && this.#bytes[this.#at + 1] === SPACE && this.#at + 1 < this.#end)
      this.#at++;
    const between = this.#bytes[this.#at];
    if (this.#at >= this.#end) return 0;
    if (between !== SPACE && between !== 84 && between !== 116) return Number.NaN;
    this.between = between;
    this.#at++;
    this.#skipSpaces();
    if (this.#at === this.#end) return 0;
    let hour = this.#number();
    if (this.#digits === 0 || this.#digits > 2 || this.#bytes[this.#at++] !== COLON) return Number.NaN;
    const minute = this.#number();
    if (this.#digits !== 2) return Number.NaN;
    let micros = 0;
    if (this.#at < this.#end && this.#bytes[this.#at] === COLON) {
      this.#at++;
      micros = this.#seconds();
    }
    hour = this.#halfDay(hour);
    if (hour > 23 || minute > 59) return Number.NaN;
    return hour * 3_600_000_000 + minute * 60_000_000 + micros - this.#offset();
  }

  #seconds(): number {
    const second = this.#number();
    if (this.#digits !== 2 || second > 59) return Number.NaN;
    const mark = this.#bytes[this.#at];
    if (this.#at >= this.#end || (mark !== DOT && mark !== COMMA)) return second * 1_000_000;
    this.#at++;
    let micros = 0;
    let digits = 0;
    for (; this.#at < this.#end; this.#at++, digits++) {
      const digit = (this.#bytes[this.#at] as number) - ZERO;
      if (digit < 0 || digit > 9) break;
      if (digits < 6) micros = micros * 10 + digit;
    }
    this.fraction = digits;
    for (let missing = digits; missing < 6; missing++) micros *= 10;
    return digits === 0 ? Number.NaN : second * 1_000_000 + micros;
  }

  /** "3:04 PM", "3:04 p. m." */
  #halfDay(hour: number): number {
    const from = this.#at;
    this.#spacesAndPoints();
    const half = this.#letter();
    if (half === 97 || half === 112) {
      this.#spacesAndPoints();
      if (this.#letter() === 109) {
        if (this.#at < this.#end && this.#bytes[this.#at] === DOT) this.#at++;
        return hour < 1 || hour > 12 ? 99 : (hour % 12) + (half === 112 ? 12 : 0);
      }
    }
    this.#at = from;
    return hour;
  }

  /** The letter at hand in lower case, which is passed; 0 where there is none. */
  #letter(): number {
    const byte = this.#at < this.#end ? (this.#bytes[this.#at] as number) | 32 : 0;
    if (byte < 97 || byte > 122) return 0;
    this.#at++;
    return byte;
  }

  /** Spaces that do not break lines are two bytes in UTF-8 (C2 A0; E2 80 AF is the narrow one) and one in Windows-1252. */
  #spacesAndPoints(): void {
    for (; this.#at < this.#end; this.#at++) {
      const byte = this.#bytes[this.#at];
      if (byte !== SPACE && byte !== DOT && byte !== 0xa0 && byte !== 0xc2) {
        if (byte !== 0xe2 || this.#bytes[this.#at + 1] !== 0x80 || this.#bytes[this.#at + 2] !== 0xaf) return;
        this.#at += 2;
      }
    }
  }

  /** Microseconds east of UTC: `Z`, `±HH`, `±HHMM`, `±HH:MM`, `UTC`, `GMT`. */
  #offset(): number {
    this.#skipSpaces();
    if (this.#at >= this.#end) return 0;
    const sign = this.#bytes[this.#at];
    if (sign === 90 || sign === 122) {
      this.#at++;
      this.zoned = true;
      return 0;
    }
    if (sign !== PLUS && sign !== MINUS) return this.#namedZero();
    this.#at++;
    let hours = this.#number();
    let minutes = 0;
    if (this.#digits === 4) {
      minutes = hours % 100;
      hours = (hours / 100) | 0;
    } else if (this.#digits !== 2) return Number.NaN;
    else if (this.#at < this.#end && this.#bytes[this.#at] === COLON) {
      this.#at++;
      minutes = this.#number();
      if (this.#digits !== 2) return Number.NaN;
    }
    if (hours > 18 || minutes > 59) return Number.NaN;
    this.zoned = true;
    return (sign === MINUS ? -60_000_000 : 60_000_000) * (hours * 60 + minutes);
  }

  #namedZero(): number {
    const name = Buffer.from(this.#bytes.subarray(this.#at, this.#end)).toString("latin1").trim();
    if (name !== "UTC" && name !== "GMT") return Number.NaN;
    this.#at = this.#end;
    this.zoned = true;
    return 0;
  }

  #number(): number {
    const bytes = this.#bytes;
    let value = 0;
    let at = this.#at;
    for (; at < this.#end; at++) {
      const byte = bytes[at] as number;
      if (byte < ZERO || byte > NINE) break;
      value = value * 10 + byte - ZERO;
    }
    this.#digits = at - this.#at;
    this.#at = at;
    return value;
  }

  #monthName(): number {
    const byte = (this.#bytes[this.#at] ?? 0) | 32;
    if (byte < 97 || byte > 122) return 0;
    let to = this.#at;
    while (to < this.#end && isLetter(this.#bytes[to] as number)) to++;
    const name = nameIn(this.#bytes.subarray(this.#at, to));
    this.#at = to;
    return 1 + MONTHS.findIndex((month) => month.test(name)) || 99;
  }

  #skipSpaces(): void {
    while (this.#at < this.#end && this.#bytes[this.#at] === SPACE) this.#at++;
  }
}

/** In lower case and without accents; bytes that are no UTF-8 are Windows-1252. */
function nameIn(bytes: Uint8Array): string {
  const text = Buffer.from(bytes);
  const utf8 = text.toString("utf8");
  const name = utf8.includes("\ufffd") ? text.toString("latin1") : utf8;
  return name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** NaN where the bytes are no digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - ZERO;
  const ones = (bytes[at + 1] as number) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function threeDigits(bytes: Uint8Array, at: number): number {
  const last = (bytes[at + 2] as number) - ZERO;
  return last >= 0 && last <= 9 ? twoDigits(bytes, at) * 10 + last : Number.NaN;
}

/** Microseconds east of UTC. */
function usualOffset(bytes: Uint8Array, at: number, end: number): number {
  const sign = bytes[at];
  if (sign === 90) return end - at === 1 ? 0 : Number.NaN;
  if (end - at !== 6 || (sign !== PLUS && sign !== MINUS) || bytes[at + 3] !== COLON) return Number.NaN;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 4);
  if (hours > 18 || minutes > 59) return Number.NaN;
  return (sign === MINUS ? -60_000_000 : 60_000_000) * (hours * 60 + minutes);
}

const isLetter = (byte: number): boolean => ((byte | 32) >= 97 && (byte | 32) <= 122) || byte > 127;
const isDateSeparator = (byte: number | undefined): boolean =>
  byte === MINUS || byte === SLASH || byte === DOT || byte === SPACE;

const civil = (year: number, month: number, day: number): number =>
  month < 1 || month > 12 || day < 1 || day > daysIn(year, month)
    ? Number.NaN
    : daysFromCivil(year, month, day);

/** ISO 8601 in UTC; microseconds are printed only where they are not whole milliseconds. */
export function isoInstant(micros: number): string {
  const milliseconds = Math.floor(micros / 1000);
  const rest = micros - milliseconds * 1000;
  const text = new Date(milliseconds).toISOString();
  return rest === 0 ? text : `${text.slice(0, -1)}${String(rest).padStart(3, "0")}Z`;
}
