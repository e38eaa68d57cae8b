import { MillwrightError } from "../../errors.ts";

/** The model cannot be reached now, or never with these settings; another provider may answer. */
export class ModelUnavailableError extends MillwrightError {
  constructor(model: string, reason: string, options?: ErrorOptions) {
    super(
      "model-unavailable",
      503,
      `${model} could not answer: ${reason}`,
      { value: model, remedy: "Check the key, the model's name and the connection, or try again later." },
      options,
    );
  }
}

/** The model declined (stop_reason `refusal`). */
export class ModelRefusedError extends MillwrightError {
  constructor(model: string) {
    super("model-refused", 422, `${model} declined to answer this`, {
      value: model,
      remedy: "Put the question differently.",
    });
  }
}

/** The model's answer was cut off (stop_reason `max_tokens` or a full context). */
export class ModelTruncatedError extends MillwrightError {
  constructor(model: string, limit: string) {
    super("model-truncated", 422, `${model}'s answer was cut off`, {
      value: model,
      expected: limit,
      remedy: "Ask for less at a time.",
    });
  }
}

export class BudgetExceededError extends MillwrightError {
  /** Both in millionths of a US dollar. */
  constructor(spent: number, budget: number) {
    const dollars = (micros: number): string => `$${(micros / 1e6).toFixed(4)}`;
    super("budget-exceeded", 422, `This turn has cost ${dollars(spent)}`, {
      expected: `at most ${dollars(budget)} a turn`,
      remedy: "Ask for less at a time, or raise the budget.",
    });
  }
}
