import { describe, expect, it } from "vitest";
import {
  BudgetFormatError,
  budgetsFrom,
  budgetText,
  defaultBudgets,
  nothingSpent,
  parseBudget,
  reachedBudget,
  UnpricedBudgetError,
} from "./budget.ts";

describe("a budget for language models", () => {
  it.each([
    ["5", { micros: 5_000_000, tokens: null }],
    ["0.25 USD", { micros: 250_000, tokens: null }],
    ["200000 tokens", { micros: null, tokens: 200_000 }],
    ["2 usd, 1000 Tokens", { micros: 2_000_000, tokens: 1_000 }],
    ["none", { micros: null, tokens: null }],
  ])("is read from %s", (text, budget) => {
    expect(parseBudget("B", text)).toEqual(budget);
  });

  it.each(["", "five", "-1", "5 EUR", "5 USD tokens", "1e9", "5,"])("is not read from %j", (text) => {
    expect(() => parseBudget("B", text)).toThrow(BudgetFormatError);
  });

  it("is written as it is read", () => {
    expect(budgetText({ micros: 2_500_000, tokens: 200_000 })).toBe("2.5 USD, 200,000 tokens");
    expect(budgetText({ micros: null, tokens: null })).toBe("none");
  });

  it("is reached by dollars or by tokens, the narrowest first", () => {
    const spent = { turn: nothingSpent, person: nothingSpent, tenant: nothingSpent };
    expect(reachedBudget(defaultBudgets, spent)).toBeNull();
    const person = { micros: 10_000_000, tokens: 0 };
    expect(reachedBudget(defaultBudgets, { ...spent, person })).toEqual({ scope: "person", limit: "10 USD" });
    const tenant = { micros: 0, tokens: 100_000_000 };
    expect(reachedBudget(defaultBudgets, { ...spent, tenant })).toEqual({
      scope: "tenant",
      limit: "100,000,000 tokens",
    });
    expect(reachedBudget(defaultBudgets, { ...spent, person, tenant })?.scope).toBe("person");
  });

  it("has no limit where it is none, whatever was spent", () => {
    const free = { micros: null, tokens: null };
    const spent = { micros: 1e12, tokens: 1e12 };
    const all = { turn: spent, person: spent, tenant: spent };
    expect(reachedBudget({ turn: free, person: free, tenant: free }, all)).toBeNull();
  });

  it("comes from the environment, the default where it says nothing", () => {
    const budgets = budgetsFrom({ MILLWRIGHT_BUDGET_DAY: "3" }, null);
    expect(budgets).toEqual({ ...defaultBudgets, tenant: { micros: 3_000_000, tokens: null } });
  });

  it("in dollars alone holds nothing for a model without a price, and is refused", () => {
    const environment = { MILLWRIGHT_BUDGET_TURN: "1" };
    expect(() => budgetsFrom(environment, "llama")).toThrow(UnpricedBudgetError);
    expect(budgetsFrom({ MILLWRIGHT_BUDGET_TURN: "1, 9000 tokens" }, "llama").turn.tokens).toBe(9000);
    expect(budgetsFrom({}, "llama")).toEqual(defaultBudgets);
  });
});
