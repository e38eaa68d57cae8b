/** What language models may cost: in a turn, for a person in a day, for everybody in a day. Days are UTC's. */
import { MillwrightError } from "../../errors.ts";

export interface Budget {
  /** Millionths of a US dollar; null for no limit. Calls whose price is unknown do not count here. */
  readonly micros: number | null;
  /** Tokens in and out, cached or not; null for no limit. */
  readonly tokens: number | null;
}

export const budgetScopes = ["turn", "person", "tenant"] as const;
export type BudgetScope = (typeof budgetScopes)[number];
export type Budgets = Readonly<Record<BudgetScope, Budget>>;

export interface Spent {
  readonly micros: number;
  readonly tokens: number;
}
export const nothingSpent: Spent = { micros: 0, tokens: 0 };
export const addSpent = (a: Spent, b: Spent): Spent => ({
  micros: a.micros + b.micros,
  tokens: a.tokens + b.tokens,
});

export const defaultBudgets: Budgets = {
  turn: { micros: 1_000_000, tokens: 1_000_000 },
  person: { micros: 10_000_000, tokens: 20_000_000 },
  tenant: { micros: 50_000_000, tokens: 100_000_000 },
};

export interface ReachedBudget {
  readonly scope: BudgetScope;
  /** As people read it: "10 USD", "20,000,000 tokens". */
  readonly limit: string;
}

export const dollars = (micros: number): string => `${(micros / 1e6).toLocaleString("en-US")} USD`;
const tokensText = (tokens: number): string => `${tokens.toLocaleString("en-US")} tokens`;

function limitReached({ micros, tokens }: Budget, spent: Spent): string | null {
  if (micros !== null && spent.micros >= micros) return dollars(micros);
  return tokens !== null && spent.tokens >= tokens ? tokensText(tokens) : null;
}

/** The first budget that is used up, the narrowest first; null while all hold. */
export function reachedBudget(
  budgets: Budgets,
  spent: Readonly<Record<BudgetScope, Spent>>,
): ReachedBudget | null {
  for (const scope of budgetScopes) {
    const limit = limitReached(budgets[scope], spent[scope]);
    if (limit !== null) return { scope, limit };
  }
  return null;
}

/** A budget as people read it; "none" without any limit. */
export function budgetText({ micros, tokens }: Budget): string {
  const parts = [micros === null ? null : dollars(micros), tokens === null ? null : tokensText(tokens)];
  return parts.filter((part) => part !== null).join(", ") || "none";
}

export class BudgetFormatError extends MillwrightError {
  constructor(variable: string, value: string) {
    super("budget-format", 500, `${variable} is not a budget: ${value}`, {
      value,
      expected: "US dollars (5), tokens (200000 tokens), both with a comma between, or none",
      remedy: `Correct ${variable} and start again.`,
    });
  }
}

/** Dollars were given for a model whose price nobody knows: such a budget would hold nothing. */
export class UnpricedBudgetError extends MillwrightError {
  constructor(variable: string, model: string) {
    super("unpriced-budget", 500, `${variable} is in dollars, and the price of ${model} is not known`, {
      value: model,
      expected: "a price for the model, or a budget in tokens",
      remedy: `Set MILLWRIGHT_MODEL_PRICE, or give ${variable} in tokens ("200000 tokens").`,
    });
  }
}

const amount = /^(?<number>\d+(?:\.\d+)?)\s*(?<unit>usd|tokens)?$/iu;

/** Reads `5`, `0.5 USD`, `200000 tokens`, `5 USD, 200000 tokens`, `none`. Throws `BudgetFormatError`. */
export function parseBudget(variable: string, value: string): Budget {
  const found: { micros: number | null; tokens: number | null } = { micros: null, tokens: null };
  if (value.trim().toLowerCase() === "none") return found;
  for (const part of value.split(",")) {
    const { number, unit = "usd" } = amount.exec(part.trim())?.groups ?? {};
    if (number === undefined) throw new BudgetFormatError(variable, value);
    if (unit.toLowerCase() === "tokens") found.tokens = Math.ceil(Number(number));
    else found.micros = Math.round(Number(number) * 1e6);
  }
  return found;
}

/**
 * The budgets that the environment gives, the default ones where it does not. `unpriced` names a model without a price:
 * then each budget that was given needs a limit in tokens.
 */
export function budgetsFrom(
  environment: Readonly<Record<string, string | undefined>>,
  unpriced: string | null,
): Budgets {
  const of = (scope: BudgetScope, variable: string, value: string | undefined): Budget => {
    if (!value) return defaultBudgets[scope];
    const budget = parseBudget(variable, value);
    if (unpriced !== null && budget.micros !== null && budget.tokens === null)
      throw new UnpricedBudgetError(variable, unpriced);
    return budget;
  };
  return {
    turn: of("turn", "MILLWRIGHT_BUDGET_TURN", environment["MILLWRIGHT_BUDGET_TURN"]),
    person: of("person", "MILLWRIGHT_BUDGET_PERSON_DAY", environment["MILLWRIGHT_BUDGET_PERSON_DAY"]),
    tenant: of("tenant", "MILLWRIGHT_BUDGET_DAY", environment["MILLWRIGHT_BUDGET_DAY"]),
  };
}
