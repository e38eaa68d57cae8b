/** Which language model answers, by the environment's variables: one of any server, Claude, or none. */
import { MillwrightError } from "../../errors.ts";
import { type Budgets, budgetsFrom } from "./budget.ts";
import { builtInProvider } from "./offline/provider.ts";
import { ownPrice, parsePrice } from "./prices.ts";
import type { ModelProvider } from "./provider.ts";

export interface ChosenProviders {
  readonly provider: ModelProvider;
  readonly fallback?: ModelProvider;
  readonly limits?: { readonly budgets: Budgets };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Something is missing or wrong in the variables that choose the model. */
export class ModelSettingsError extends MillwrightError {
  constructor(variable: string, what: string, expected: string) {
    super("model-settings", 500, `${variable} ${what}`, {
      expected,
      remedy: `Set ${variable}, or unset MILLWRIGHT_MODEL_URL, and start again.`,
    });
  }
}

/** `pseudonymKey` is asked for where a hosted model is set up only. */
export async function providersFrom(
  environment: Environment,
  pseudonymKey: () => Promise<Uint8Array>,
): Promise<ChosenProviders> {
  const fallback = builtInProvider();
  const common = async () => ({ pseudonymKey: await pseudonymKey(), ...maxTokensIn(environment) });
  const given = environment["MILLWRIGHT_MODEL_PRICE"];
  const price = given ? parsePrice(given) : null;
  const url = environment["MILLWRIGHT_MODEL_URL"];
  const model = environment["MILLWRIGHT_MODEL"];
  if (url) {
    const baseUrl = addressOf(url, environment["MILLWRIGHT_ALLOW_HOSTS"] ?? "");
    if (!model)
      throw new ModelSettingsError("MILLWRIGHT_MODEL", "is not set", "the model's name on that server");
    const key = environment["MILLWRIGHT_MODEL_KEY"];
    const budgets = budgetsFrom(environment, price === null ? model : null);
    const { openAiProvider } = await import("./openai.ts");
    const options = { ...(await common()), baseUrl, model, price, ...(key ? { apiKey: key } : {}) };
    return { provider: openAiProvider(options), fallback, limits: { budgets } };
  }
  if (!environment["ANTHROPIC_API_KEY"]) return { provider: fallback };
  const { claudeProvider } = await import("./claude.ts");
  const baseUrl = environment["ANTHROPIC_BASE_URL"];
  const provider = claudeProvider({
    ...(await common()),
    apiKey: "env:ANTHROPIC_API_KEY",
    ...(baseUrl ? { baseUrl } : {}),
    ...(model ? { model } : {}),
  });
  const own = price === null ? {} : ownPrice(price);
  return { provider: { ...provider, ...own }, fallback, limits: { budgets: budgetsFrom(environment, null) } };
}

function maxTokensIn(environment: Environment): { maxTokens?: number } {
  const given = environment["MILLWRIGHT_MODEL_MAX_TOKENS"];
  if (!given) return {};
  const maxTokens = Number(given);
  if (!Number.isInteger(maxTokens) || maxTokens < 256)
    throw new ModelSettingsError("MILLWRIGHT_MODEL_MAX_TOKENS", `is ${given}`, "a whole number from 256");
  return { maxTokens };
}

/** What people ask and what their logs say goes there: over https, or to this machine, or to a host that was allowed. */
function addressOf(url: string, allowed: string): string {
  const fits = "https://…/v1, or http:// on this machine or a host in MILLWRIGHT_ALLOW_HOSTS (host:port)";
  if (!URL.canParse(url)) throw new ModelSettingsError("MILLWRIGHT_MODEL_URL", `is no address: ${url}`, fits);
  const { protocol, hostname, host, port } = new URL(url);
  const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(hostname);
  const withPort = port === "" ? `${hostname}:${protocol === "http:" ? 80 : 443}` : host;
  const named = allowed.split(",").some((one) => one.trim() === withPort);
  if (protocol === "https:" || (protocol === "http:" && (loopback || named))) return url;
  throw new ModelSettingsError("MILLWRIGHT_MODEL_URL", `is not over https: ${protocol}//${host}`, fits);
}
