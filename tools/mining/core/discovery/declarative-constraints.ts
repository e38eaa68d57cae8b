import type { Variants } from "../variants.ts";
import { type BinaryTemplate, TESTS, type Template, type UnaryTemplate } from "./declare-templates.ts";
import { type PairCounts, pairCounts } from "./pair-counts.ts";

export interface Constraint {
  readonly template: Template;
  readonly a: string;
  /** Null for templates over one activity. */
  readonly b: string | null;
  /** Cases that activate it: that have the activity which obliges the other; all cases for templates over one activity. */
  readonly activated: number;
  /** Activated cases that keep it. */
  readonly kept: number;
  /** `kept` over all cases. */
  readonly support: number;
  /** `kept` over `activated`. */
  readonly confidence: number;
}

export interface ConstraintOptions {
  /** Default 0.95. */
  readonly leastConfidence?: number;
  /** Default 0.1. */
  readonly leastSupport?: number;
}

/** Pairs of more activities than this are not looked at: the most frequent ones are. */
const MOST_ACTIVITIES = 300;

/**
 * Declare constraints that hold in most cases, those between two activities before those about one, the surest first: support and confidence by cases. What a stronger one says
 * already is left out: the hierarchy of the templates, what follows from an activity that is in every case, and orders that
 * follow from two others. Negative ones only where the pair would be expected to occur in at least five cases by chance.
 * O(Σ over variants of events × distinct activities + activities³ for the pruning).
 */
export function declarativeConstraints(variants: Variants, options: ConstraintOptions = {}): Constraint[] {
  const { leastConfidence = 0.95, leastSupport = 0.1 } = options;
  const miner = new ConstraintMiner(variants, leastConfidence, leastSupport);
  const found = [...miner.unary(), ...miner.binary()];
  return found.sort(
    (x, y) =>
      Number(x.b === null) - Number(y.b === null) ||
      y.confidence - x.confidence ||
      y.support - x.support ||
      compare(x.template, y.template) ||
      compare(x.a, y.a) ||
      compare(x.b ?? "", y.b ?? ""),
  );
}

const compare = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);

/** Variants that break a constraint, the most frequent first. */
export function violatingVariants({ template, a, b }: Constraint, variants: Variants): number[] {
  const codeOf = (name: string | null) => (name === null ? -1 : variants.activities.indexOf(name));
  const [first, second] = [codeOf(a), codeOf(b)];
  return variants.sequences.flatMap((sequence, v) =>
    sequence.length > 0 && !TESTS[template](sequence, first, second) ? [v] : [],
  );
}

interface Measured {
  readonly activated: number;
  readonly kept: number;
}

/** Strongest first: the first of each chain that holds says all that the later ones say. */
const SUCCESSIONS = ["chain-succession", "alternate-succession", "succession", "co-existence"] as const;
const RESPONSES = ["chain-response", "alternate-response", "response", "responded-existence"] as const;
const PRECEDENCES = ["chain-precedence", "alternate-precedence", "precedence"] as const;

/** Cases with both that chance alone would bring, so that their absence says something. */
const LEAST_EXPECTED = 5;

class ConstraintMiner {
  readonly #names: readonly string[];
  readonly #counts: PairCounts;
  readonly #leastConfidence: number;
  readonly #leastSupport: number;
  /** Activities to pair, ascending. */
  readonly #paired: readonly number[];

  constructor(variants: Variants, leastConfidence: number, leastSupport: number) {
    this.#names = variants.activities;
    this.#counts = pairCounts(variants);
    this.#leastConfidence = leastConfidence;
    this.#leastSupport = leastSupport;
    const { having } = this.#counts;
    const present = this.#names.flatMap((_, a) => (having[a]! > 0 ? [a] : []));
    present.sort((a, b) => having[b]! - having[a]! || compare(this.#names[a]!, this.#names[b]!));
    this.#paired = present.slice(0, MOST_ACTIVITIES).sort((a, b) => a - b);
  }

  unary(): Constraint[] {
    const { cases, having, once, starting, ending } = this.#counts;
    const all = (kept: number): Measured => ({ activated: cases, kept });
    return this.#paired.flatMap((a) => {
      const exactly = this.#constraint("exactly-one", a, null, all(once[a]!));
      const others: [UnaryTemplate, number][] = exactly
        ? []
        : [
            ["existence", having[a]!],
            ["absence", cases - having[a]! + once[a]!],
          ];
      const ends: [UnaryTemplate, number][] = [
        ["init", starting[a]!],
        ["end", ending[a]!],
      ];
      const more = [...others, ...ends].map(([template, kept]) =>
        this.#constraint(template, a, null, all(kept)),
      );
      return [exactly, ...more].filter((found) => found !== null && !this.#isTrivial(found));
    }) as Constraint[];
  }

  /** That a rare activity happens at most once says nothing. */
  #isTrivial({ template, a }: Constraint): boolean {
    const having = this.#counts.having[this.#names.indexOf(a)]!;
    return template === "absence" && having < this.#leastSupport * this.#counts.cases;
  }

  binary(): Constraint[] {
    const found: Constraint[] = [];
    for (const a of this.#paired) {
      for (const b of this.#paired) if (a !== b) found.push(...this.#ofPair(a, b));
    }
    return withoutTransitive(found);
  }

  #ofPair(a: number, b: number): Constraint[] {
    const succession = this.#strongest(SUCCESSIONS, a, b);
    const ordered = succession !== null && succession.template !== "co-existence";
    if (ordered) return [succession];
    const own = [this.#strongest(RESPONSES, a, b), this.#strongest(PRECEDENCES, a, b), this.#negation(a, b)];
    const together = succession !== null && a < b ? succession : null;
    return [together, ...own].filter(
      (found): found is Constraint =>
        found !== null &&
        !(found.template === "responded-existence" && this.#strongest(SUCCESSIONS, a, b) !== null),
    );
  }

  #strongest(chain: readonly BinaryTemplate[], a: number, b: number): Constraint | null {
    for (const template of chain) {
      if (this.#isImplied(template, a, b)) continue;
      const found = this.#constraint(template, a, b, this.#measure(template, a, b));
      if (found !== null) return found;
    }
    return null;
  }

  /** What is in every case is in every case with the other, too. */
  #isImplied(template: BinaryTemplate, a: number, b: number): boolean {
    const { cases, having } = this.#counts;
    const always = (activity: number) => having[activity]! >= this.#leastConfidence * cases;
    const { starting, ending } = this.#counts;
    if (template === "responded-existence") return always(b);
    if (template === "alternate-response") return this.#isOnce(a);
    if (template === "alternate-precedence") return this.#isOnce(b);
    if (template === "alternate-succession") return this.#isOnce(a) && this.#isOnce(b);
    // What begins every case is before everything, and what ends every case after it.
    if (template === "precedence") return starting[a]! >= this.#leastConfidence * cases;
    if (template === "response") return ending[b]! >= this.#leastConfidence * cases;
    if (template === "succession")
      return this.#isImplied("precedence", a, b) && this.#isImplied("response", a, b);
    return template === "co-existence" && always(a) && always(b);
  }

  /** That b does not come right after a is true of most pairs, and says nothing: it is not mined. */
  #negation(a: number, b: number): Constraint | null {
    const { having, cases, together } = this.#counts;
    if ((having[a]! * having[b]!) / cases < LEAST_EXPECTED) return null;
    const apart = this.#constraint("not-co-existence", a, b, this.#measure("not-co-existence", a, b));
    if (apart !== null) return a < b ? apart : null;
    if (together[a * this.#names.length + b]! < LEAST_EXPECTED || this.#isOrderedOnce(b, a)) return null;
    return this.#constraint("not-succession", a, b, this.#measure("not-succession", a, b));
  }

  /** Where `second` needs `first` before it and `first` happens once, no `first` comes after it; likewise from the other end. */
  #isOrderedOnce(first: number, second: number): boolean {
    const sure = ({ activated, kept }: Measured) => kept >= this.#leastConfidence * activated;
    return (
      (this.#isOnce(first) && sure(this.#measure("precedence", first, second))) ||
      (this.#isOnce(second) && sure(this.#measure("response", first, second)))
    );
  }

  /** Whether the activity hardly ever happens twice: then taking turns says no more than coming after. */
  #isOnce(activity: number): boolean {
    const { having, once } = this.#counts;
    return once[activity]! >= this.#leastConfidence * having[activity]!;
  }

  #measure(template: BinaryTemplate, a: number, b: number): Measured {
    const { cases, having, together, ...counts } = this.#counts;
    const pair = a * this.#names.length + b;
    const either = having[a]! + having[b]! - together[pair]!;
    const sided = (kept: Float64Array, of: number): Measured => ({
      activated: having[of]!,
      kept: kept[pair]!,
    });
    switch (template) {
      case "responded-existence":
        return sided(together, a);
      case "response":
        return sided(counts.response, a);
      case "alternate-response":
        return sided(counts.alternateResponse, a);
      case "chain-response":
        return sided(counts.chainResponse, a);
      case "precedence":
        return sided(counts.precedence, b);
      case "alternate-precedence":
        return sided(counts.alternatePrecedence, b);
      case "chain-precedence":
        return sided(counts.chainPrecedence, b);
      case "co-existence":
        return { activated: either, kept: together[pair]! };
      case "succession":
        return { activated: either, kept: counts.succession[pair]! };
      case "alternate-succession":
        return { activated: either, kept: counts.alternateSuccession[pair]! };
      case "chain-succession":
        return { activated: either, kept: counts.chainSuccession[pair]! };
      case "not-co-existence":
        return { activated: either, kept: either - together[pair]! };
      case "not-succession":
        return { activated: together[pair]!, kept: together[pair]! - counts.follows[pair]! };
      case "not-chain-succession":
        return { activated: together[pair]!, kept: together[pair]! - counts.followsDirectly[pair]! };
    }
  }

  #constraint(
    template: Template,
    a: number,
    b: number | null,
    { activated, kept }: Measured,
  ): Constraint | null {
    const support = kept / this.#counts.cases;
    const confidence = activated === 0 ? 0 : kept / activated;
    if (confidence < this.#leastConfidence || support < this.#leastSupport) return null;
    return {
      template,
      a: this.#names[a]!,
      b: b === null ? null : this.#names[b]!,
      activated,
      kept,
      support,
      confidence,
    };
  }
}

const isSuccession = (template: Template): boolean =>
  template.endsWith("succession") && !template.startsWith("not");

/** Which orders a constraint says: that b needs an a before it, that a needs a b after it. */
const ORDERS: readonly { readonly weakest: Template; readonly says: (template: Template) => boolean }[] = [
  { weakest: "precedence", says: (template) => template.endsWith("precedence") || isSuccession(template) },
  { weakest: "response", says: (template) => template.endsWith("response") || isSuccession(template) },
  { weakest: "succession", says: isSuccession },
  { weakest: "responded-existence", says: (template) => template === "responded-existence" },
];

/** Orders that follow from two others that are at least as sure: a before b, b before c, so a before c. O(activities³). */
function withoutTransitive(found: readonly Constraint[]): Constraint[] {
  return ORDERS.reduce<readonly Constraint[]>((left, { weakest, says }) => {
    const sure = new Map<string, Map<string, number>>();
    for (const { template, a, b, confidence } of found) {
      if (!says(template)) continue;
      const own = sure.get(a) ?? new Map<string, number>();
      sure.set(a, own.set(b!, confidence));
    }
    return left.filter(({ template, a, b, confidence }) => {
      if (template !== weakest) return true;
      return ![...(sure.get(a) ?? [])].some(
        ([via, first]) => via !== b && first >= confidence && (sure.get(via)?.get(b!) ?? 0) >= confidence,
      );
    });
  }, found) as Constraint[];
}
