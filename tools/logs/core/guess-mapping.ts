/** Which column plays which role, from names and from a sample of the cells, with a reason for each. */
import { missingColumn, missingRole } from "./errors.ts";
import type { ColumnMapping } from "./event-log.ts";
import { nameWeight, plainName, type Role } from "./role-names.ts";
import { guessTimeFormat, type TimeGuess } from "./time-formats.ts";

export interface Sample {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a person says about roles; `none` or null leaves a role out. */
export type MappingHint = Partial<Record<Role, string | null>>;

export interface MappingGuess {
  readonly mapping: ColumnMapping;
  /** Index of the column for each role that has one. */
  readonly roles: ReadonlyMap<Role, number>;
  readonly times: ReadonlyMap<number, TimeGuess>;
}

const TRANSITIONS = new Set(
  "schedule,scheduled,assign,assigned,reassign,start,started,begin,suspend,suspended,resume,resumed,complete,completed,end,abort,ate_abort,pi_abort,withdraw,autoskip,manualskip,enable,allocate,unknown".split(
    ",",
  ),
);
const OPTIONAL: readonly Role[] = ["start", "resource", "lifecycle", "instance"];

export function guessMapping(sample: Sample, hint: MappingHint = {}): MappingGuess {
  const guess = new Guess(sample, hint);
  guess.lifecycle();
  guess.times();
  guess.byName("activity");
  guess.byName("case");
  guess.byName("resource");
  guess.contents();
  guess.instance();
  return guess.result();
}

class Guess {
  readonly #sample: Sample;
  readonly #roles = new Map<Role, number>();
  readonly #reasons: Record<string, string> = {};
  readonly #without = new Set<Role>();
  readonly #times = new Map<number, TimeGuess>();

  constructor(sample: Sample, hint: MappingHint) {
    this.#sample = sample;
    for (const [role, column] of Object.entries(hint) as [Role, string | null | undefined][]) {
      if (column === undefined) continue;
      if (column === null || (column === "none" && !sample.names.includes("none"))) this.#without.add(role);
      else this.#roles.set(role, this.#index(column));
    }
    sample.names.forEach((name, index) => {
      const named =
        nameWeight("timestamp", name) > 0 || nameWeight("start", name) > 0 || this.#isGiven(index);
      const time = guessTimeFormat(this.#cells(index), named);
      if (time) this.#times.set(index, time);
    });
  }

  #index(column: string): number {
    const exact = this.#sample.names.indexOf(column);
    const index =
      exact >= 0
        ? exact
        : this.#sample.names.findIndex((name) => name.toLowerCase() === column.toLowerCase());
    if (index < 0) throw missingColumn(column, this.#sample.names);
    return index;
  }

  #isGiven(index: number): boolean {
    return this.#roles.get("timestamp") === index || this.#roles.get("start") === index;
  }

  #cells(index: number): string[] {
    return this.#sample.rows.map((row) => row[index] ?? "");
  }

  #open(role: Role): boolean {
    return !this.#roles.has(role) && !this.#without.has(role);
  }

  #free(): number[] {
    const taken = new Set(this.#roles.values());
    return this.#sample.names.map((_, index) => index).filter((index) => !taken.has(index));
  }

  #choose(role: Role, index: number, reason: string): void {
    this.#roles.set(role, index);
    this.#reasons[role] = reason;
  }

  /** The free column whose name fits best; ties go to the one further left. */
  #bestNamed(role: Role, allowed: (index: number) => boolean): { index: number; weight: number } | null {
    let best: { index: number; weight: number } | null = null;
    for (const index of this.#free()) {
      if (!allowed(index)) continue;
      const weight = nameWeight(role, this.#sample.names[index] as string);
      if (weight > (best?.weight ?? 0)) best = { index, weight };
    }
    return best;
  }

  byName(role: Role): void {
    if (!this.#open(role)) return;
    const notTime = (index: number) => !this.#times.has(index);
    const best = this.#bestNamed(role, notTime);
    if (best && (best.weight > 40 || role !== "resource")) {
      if (role === "case" && best.weight <= 30 && !this.#repeats(best.index)) return;
      this.#choose(role, best.index, `named "${this.#sample.names[best.index]}"`);
    }
  }

  lifecycle(): void {
    if (!this.#open("lifecycle")) return;
    const named = this.#bestNamed("lifecycle", () => true);
    const transitions = this.#free().find((index) => this.#holdsTransitions(index));
    if (named && named.weight >= 90 && (named.weight === 100 || named.index === transitions)) {
      this.#choose("lifecycle", named.index, `named "${this.#sample.names[named.index]}"`);
    } else if (transitions !== undefined) {
      this.#choose("lifecycle", transitions, "its cells are lifecycle transitions (start, complete, …)");
    }
  }

  #holdsTransitions(index: number): boolean {
    const values = new Set(
      this.#cells(index)
        .filter(Boolean)
        .map((cell) => cell.toLowerCase()),
    );
    if (values.size === 0 || values.size > 13) return false;
    const known = [...values].every((value) => TRANSITIONS.has(value));
    const both = values.size > 1 && ["complete", "completed", "end"].some((value) => values.has(value));
    return known && (both || nameWeight("lifecycle", this.#sample.names[index] as string) > 0);
  }

  times(): void {
    const isTime = (index: number) => this.#times.has(index);
    const start = this.#open("start") ? this.#bestNamed("start", isTime) : null;
    if (this.#open("timestamp")) {
      const completed = this.#bestNamed("timestamp", (index) => isTime(index) && index !== start?.index);
      if (completed)
        this.#choose(
          "timestamp",
          completed.index,
          `named "${this.#sample.names[completed.index]}"; its cells are dates`,
        );
    }
    if (start && this.#roles.has("timestamp")) {
      this.#choose("start", start.index, `named "${this.#sample.names[start.index]}"; its cells are dates`);
    } else if (start && this.#open("timestamp")) {
      this.#choose(
        "timestamp",
        start.index,
        `the only column of times that is named like one ("${this.#sample.names[start.index]}")`,
      );
    }
    if (this.#open("timestamp")) this.#timesByContent();
  }

  /** Without telling names: the only column of dates that varies within cases, or the later one of two. */
  #timesByContent(): void {
    const candidates = this.#free().filter(
      (index) => this.#times.has(index) && (this.#times.get(index)?.share ?? 0) > 0.9,
    );
    const [first, second] = candidates;
    if (first === undefined) return;
    if (second !== undefined && candidates.length === 2 && this.#open("start")) {
      const later = this.#neverBefore(second, first)
        ? second
        : this.#neverBefore(first, second)
          ? first
          : null;
      if (later !== null) {
        this.#choose("timestamp", later, "of two columns of dates it is never the earlier");
        this.#choose(
          "start",
          later === first ? second : first,
          "of two columns of dates it is never the later",
        );
        return;
      }
    }
    this.#choose(
      "timestamp",
      first,
      candidates.length === 1
        ? "the only column whose cells are dates"
        : "the first column whose cells are dates",
    );
  }

  #neverBefore(later: number, earlier: number): boolean {
    return this.#sample.rows.every((row) => {
      const [a, b] = [row[earlier] ?? "", row[later] ?? ""];
      return a === "" || b === "" || a <= b;
    });
  }

  /** Roles that no name gave, from what the cells look like. Only where the cells leave little doubt. */
  contents(): void {
    if (this.#open("case")) {
      const index = this.#free().find((candidate) => this.#looksLikeCase(candidate));
      if (index !== undefined)
        this.#choose("case", index, "its cells look like identifiers, each on several rows");
    }
    const caseColumn = this.#roles.get("case");
    if (this.#open("activity") && caseColumn !== undefined) {
      const index = this.#free().find((candidate) => this.#looksLikeActivity(candidate, caseColumn));
      if (index !== undefined)
        this.#choose("activity", index, "few different texts, which vary within a case");
    }
  }

  #distinct(index: number): Set<string> {
    return new Set(this.#cells(index).filter((cell) => cell !== ""));
  }

  #repeats(index: number): boolean {
    const rows = this.#cells(index).filter((cell) => cell !== "").length;
    return rows > 0 && this.#distinct(index).size < rows;
  }

  #looksLikeCase(index: number): boolean {
    if (this.#times.has(index)) return false;
    const cells = this.#cells(index);
    const distinct = this.#distinct(index);
    if (distinct.size < 2 || distinct.size > cells.length * 0.8) return false;
    const identifiers = [...distinct].every(
      (cell) => /^[\p{L}]{0,8}[-_ #/.]?\d[\w-]*$/u.test(cell) && !/^\d+[.,]\d+$/.test(cell),
    );
    return (
      identifiers &&
      / ?(id|nr|no|number|key|nummer|num|code)$/.test(plainName(this.#sample.names[index] as string))
    );
  }

  #looksLikeActivity(index: number, caseColumn: number): boolean {
    if (this.#times.has(index)) return false;
    const distinct = this.#distinct(index);
    const rows = this.#sample.rows.length;
    if (distinct.size < 2 || distinct.size > Math.min(300, rows / 2)) return false;
    if (![...distinct].every((cell) => /\p{L}{3}/u.test(cell))) return false;
    return this.#variesWithin(index, caseColumn);
  }

  #variesWithin(index: number, caseColumn: number): boolean {
    const seen = new Map<string, Set<string>>();
    for (const row of this.#sample.rows) {
      const values = seen.get(row[caseColumn] ?? "") ?? new Set<string>();
      values.add(row[index] ?? "");
      seen.set(row[caseColumn] ?? "", values);
    }
    return [...seen.values()].filter((values) => values.size > 1).length > seen.size / 2;
  }

  /** Pairs start and complete rows; only of use where there are transitions. */
  instance(): void {
    if (!this.#open("instance")) return;
    const named = this.#bestNamed("instance", () => true);
    if (named) {
      this.#choose("instance", named.index, `named "${this.#sample.names[named.index]}"`);
      return;
    }
    const activity = this.#roles.get("activity");
    if (activity === undefined || !this.#roles.has("lifecycle")) return;
    const wanted = `${plainName(this.#sample.names[activity] as string)} id`;
    const index = this.#free().find(
      (candidate) => plainName(this.#sample.names[candidate] as string) === wanted,
    );
    if (index !== undefined)
      this.#choose("instance", index, `named after the activity's column: "${this.#sample.names[index]}"`);
  }

  result(): MappingGuess {
    for (const role of ["case", "activity"] as const) if (!this.#roles.has(role)) throw this.#missing(role);
    if (!this.#roles.has("timestamp") && !this.#without.has("timestamp")) throw this.#missing("timestamp");
    const name = (role: Role): string | null => {
      const index = this.#roles.get(role);
      return index === undefined ? null : (this.#sample.names[index] as string);
    };
    const mapping: ColumnMapping = {
      case: name("case") ?? "",
      activity: name("activity") ?? "",
      timestamp: name("timestamp"),
    };
    for (const role of OPTIONAL) mapping[role as "start"] = name(role);
    mapping.reasons = this.#reasons;
    return { mapping, roles: this.#roles, times: this.#times };
  }

  #missing(role: "case" | "activity" | "timestamp"): Error {
    const remedy =
      role === "timestamp"
        ? "Name it with --map timestamp=…, or --map timestamp=none."
        : `Name it with --map ${role}=….`;
    return missingRole(
      role,
      `none of the columns ${this.#sample.names.map((name) => `"${name}"`).join(", ")} is known to be it`,
      remedy,
    );
  }
}
