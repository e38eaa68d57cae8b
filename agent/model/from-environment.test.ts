import { afterEach, describe, expect, it, vi } from "vitest";
import { UnpricedBudgetError } from "./budget.ts";
import { ModelSettingsError, providersFrom } from "./from-environment.ts";
import { PriceFormatError } from "./prices.ts";
import { SecretMissingError } from "./secret.ts";

const key = async () => new Uint8Array(32);
const chosen = (environment: Record<string, string>) => providersFrom(environment, key);
const own = { MILLWRIGHT_MODEL_URL: "https://models.example.com/v1", MILLWRIGHT_MODEL: "llama" };

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the language model that the environment names", () => {
  it("is none without a key or an address: the built-in planner answers", async () => {
    expect(await chosen({})).toMatchObject({ provider: { name: "built-in" } });
    expect((await chosen({})).fallback).toBeUndefined();
  });

  it("is that of an address of one's own, also where there is a key of Claude's", async () => {
    const { provider, fallback } = await chosen({ ...own, ANTHROPIC_API_KEY: "sk-ant-x" });
    expect([provider.name, fallback?.name]).toEqual(["openai-compatible", "built-in"]);
  });

  it("has the price that was given, or none", async () => {
    const usage = { input: 1_000_000, output: 0, cacheRead: 0, cacheWrite: 0 };
    const priced = await chosen({ ...own, MILLWRIGHT_MODEL_PRICE: "input 0.5, output 1" });
    expect(priced.provider.cost!("llama", usage)).toBe(500_000);
    expect((await chosen(own)).provider.cost!("llama", usage)).toBeNull();
    await expect(chosen({ ...own, MILLWRIGHT_MODEL_PRICE: "cheap" })).rejects.toThrow(PriceFormatError);
  });

  it("is Claude by the table's prices, or by those that were agreed on", async () => {
    const usage = { input: 1_000_000, output: 0, cacheRead: 0, cacheWrite: 0 };
    vi.stubEnv("ANTHROPIC_API_KEY", "sk-ant-test");
    const claude = { ANTHROPIC_API_KEY: "sk-ant-test" };
    expect((await chosen(claude)).provider.cost).toBeUndefined();
    const agreed = await chosen({ ...claude, MILLWRIGHT_MODEL_PRICE: "input 1.5, output 7" });
    expect(agreed.provider.name).toBe("claude");
    expect(agreed.provider.cost!("claude-sonnet-5", usage)).toBe(1_500_000);
  });

  it("without a price has no budget in dollars alone", async () => {
    const budget = { MILLWRIGHT_BUDGET_DAY: "5" };
    await expect(chosen({ ...own, ...budget })).rejects.toThrow(UnpricedBudgetError);
    const priced = { ...own, ...budget, MILLWRIGHT_MODEL_PRICE: "input 1, output 1" };
    expect((await chosen(priced)).limits?.budgets.tenant).toEqual({ micros: 5_000_000, tokens: null });
  });

  it.each([
    "https://models.example.com/v1",
    "http://127.0.0.1:8080/v1",
    "http://localhost:11434/v1",
    "http://[::1]:8000/v1",
    "http://gpu.internal:8000/v1",
  ])("may be at %s", async (url) => {
    const environment = {
      ...own,
      MILLWRIGHT_MODEL_URL: url,
      MILLWRIGHT_ALLOW_HOSTS: "a:1, gpu.internal:8000",
    };
    expect((await chosen(environment)).provider.name).toBe("openai-compatible");
  });

  it.each([
    "http://models.example.com/v1",
    "http://gpu.internal/v1",
    "http://localhost.example.com/v1",
    "http://127.0.0.1.example.com/v1",
    "ftp://127.0.0.1/v1",
    "models",
  ])("may not be at %s", async (url) => {
    const environment = { ...own, MILLWRIGHT_MODEL_URL: url, MILLWRIGHT_ALLOW_HOSTS: "gpu.internal:8000" };
    await expect(chosen(environment)).rejects.toThrow(ModelSettingsError);
  });

  it("needs a name, a key that is there, and a number of tokens that is one", async () => {
    const { MILLWRIGHT_MODEL_URL } = own;
    await expect(chosen({ MILLWRIGHT_MODEL_URL })).rejects.toThrow(ModelSettingsError);
    const missing = { ...own, MILLWRIGHT_MODEL_KEY: "env:MILLWRIGHT_NO_SUCH_KEY" };
    await expect(chosen(missing)).rejects.toThrow(SecretMissingError);
    const few = { ...own, MILLWRIGHT_MODEL_MAX_TOKENS: "many" };
    await expect(chosen(few)).rejects.toThrow(ModelSettingsError);
  });
});
