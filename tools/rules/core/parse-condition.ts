import {
  type Comparator,
  type Condition,
  type Literal,
  type Measure,
  measures,
  type Operand,
} from "./condition.ts";
import { ConditionSyntaxError } from "./errors.ts";

interface Token {
  readonly kind: "name" | "quoted-name" | "text" | "number" | "duration" | "symbol" | "end";
  readonly text: string;
  readonly value: number;
  readonly at: number;
}

const unitSeconds: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  min: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
};

const tokenPattern =
  /\s*(?:(?<text>"(?:[^"]|"")*")|(?<quotedName>`(?:[^`]|``)*`)|(?<number>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?<unit>(?:sec|min|s|h|d|w)(?![\p{L}\p{N}_]))?|(?<name>[\p{L}_][\p{L}\p{N}_.:]*)|(?<symbol>>=|<=|!=|[=<>(),]))/uy;

function tokenFrom(groups: Record<string, string | undefined>, at: number): Token {
  const { text, quotedName, number, unit, name, symbol } = groups;
  if (text !== undefined)
    return { kind: "text", text: text.slice(1, -1).replaceAll('""', '"'), value: 0, at };
  if (quotedName !== undefined) {
    return { kind: "quoted-name", text: quotedName.slice(1, -1).replaceAll("``", "`"), value: 0, at };
  }
  if (number !== undefined) {
    return unit === undefined
      ? { kind: "number", text: number, value: Number(number), at }
      : { kind: "duration", text: number + unit, value: Number(number) * unitSeconds[unit]!, at };
  }
  return name === undefined
    ? { kind: "symbol", text: symbol ?? "", value: 0, at }
    : { kind: "name", text: name, value: 0, at };
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (text.slice(position).trim() !== "") {
    tokenPattern.lastIndex = position;
    const match = tokenPattern.exec(text);
    if (match?.groups === undefined)
      throw new ConditionSyntaxError(text, position, "a name, a value or a comparator");
    tokens.push(tokenFrom(match.groups, position + match[0].length - match[0].trimStart().length));
    position = tokenPattern.lastIndex;
  }
  tokens.push({ kind: "end", text: "", value: 0, at: text.length });
  return tokens;
}

/** Recursive descent over: or := and ("or" and)*; and := not ("and" not)*; not := "not" not | "(" or ")" | comparison. */
class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenize(source);
  }

  parse(): Condition {
    const condition = this.#chain("or");
    if (this.#peek().kind !== "end") throw this.#expected('"and", "or" or the end');
    return condition;
  }

  #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #take(): Token {
    const token = this.#peek();
    this.#next = Math.min(this.#next + 1, this.#tokens.length - 1);
    return token;
  }

  #expected(what: string): ConditionSyntaxError {
    return new ConditionSyntaxError(this.#source, this.#peek().at, what);
  }

  #accept(word: string): boolean {
    const token = this.#peek();
    const fits = (token.kind === "name" || token.kind === "symbol") && token.text.toLowerCase() === word;
    if (fits) this.#take();
    return fits;
  }

  #require(word: string): void {
    if (!this.#accept(word)) throw this.#expected(`"${word}"`);
  }

  #chain(kind: "or" | "and"): Condition {
    const next = (): Condition => (kind === "or" ? this.#chain("and") : this.#not());
    const conditions = [next()];
    while (this.#accept(kind)) conditions.push(next());
    return conditions.length === 1 ? conditions[0]! : { kind, conditions };
  }

  #not(): Condition {
    if (this.#accept("not")) return { kind: "not", condition: this.#not() };
    if (this.#accept("(")) {
      const condition = this.#chain("or");
      this.#require(")");
      return condition;
    }
    return this.#comparison();
  }

  #comparison(): Condition {
    const operand = this.#operand();
    if (this.#accept("is")) {
      this.#require("missing");
      return { kind: "missing", operand };
    }
    if (this.#accept("in")) return { kind: "in", operand, literals: this.#list() };
    const token = this.#peek();
    if (token.kind !== "symbol" || !/^(?:[<>]=?|!?=)$/.test(token.text)) throw this.#expected("a comparator");
    this.#take();
    return { kind: "compare", operand, comparator: token.text as Comparator, literal: this.#literal() };
  }

  #operand(): Operand {
    const token = this.#peek();
    if (token.kind !== "name" && token.kind !== "quoted-name")
      throw this.#expected("an attribute or a measure");
    this.#take();
    const isMeasure = token.kind === "name" && measures.includes(token.text.toLowerCase() as Measure);
    if (isMeasure && this.#accept("(")) return this.#measure(token.text.toLowerCase() as Measure);
    return { kind: "attribute", name: token.text };
  }

  #measure(measure: Measure): Operand {
    const activity = this.#peek().kind === "text" ? this.#take().text : null;
    this.#require(")");
    return { kind: "measure", measure, activity };
  }

  #list(): readonly Literal[] {
    this.#require("(");
    const literals = [this.#literal()];
    while (this.#accept(",")) literals.push(this.#literal());
    this.#require(")");
    return literals;
  }

  #literal(): Literal {
    const token = this.#peek();
    const literal = literalOf(token);
    if (literal === null) throw this.#expected("a number, a duration, quoted text, true or false");
    this.#take();
    return literal;
  }
}

function literalOf(token: Token): Literal | null {
  if (token.kind === "number") return { kind: "number", value: token.value };
  if (token.kind === "duration") return { kind: "duration", seconds: token.value };
  if (token.kind === "text") return { kind: "text", value: token.text };
  const word = token.kind === "name" ? token.text.toLowerCase() : "";
  return word === "true" || word === "false" ? { kind: "boolean", value: word === "true" } : null;
}

/** Reads a condition. Throws `ConditionSyntaxError` with the character at which it stops making sense. */
export const parseCondition = (text: string): Condition => new Parser(text).parse();
