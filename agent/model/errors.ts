import { MillwrightError } from "../../errors.ts";
import { type AbsenceReason, reasonText } from "./offline/absence.ts";
import type { WireUsage } from "./usage.ts";

/** What a call used although no message came of it. */
interface Failed extends ErrorOptions {
  readonly usage?: WireUsage;
}

/** A failing call of a language model; what it used is paid for all the same. */
export abstract class ModelError extends MillwrightError {
  abstract readonly model: string;
  abstract readonly usage: WireUsage | null;
}

/** The model cannot be reached now, or never with these settings; another provider may answer. */
export class ModelUnavailableError extends ModelError {
  readonly model: string;
  readonly reason: AbsenceReason;
  readonly usage: WireUsage | null;
  constructor(model: string, reason: AbsenceReason, { usage, ...options }: Failed = {}) {
    super(
      "model-unavailable",
      503,
      `${model} could not answer: ${reasonText(reason)}`,
      { value: model, remedy: "Check the key, the model's name and the connection, or try again later." },
      options,
    );
    this.model = model;
    this.reason = reason;
    this.usage = usage ?? null;
  }
}

/** The model declined. */
export class ModelRefusedError extends ModelError {
  readonly model: string;
  readonly usage: WireUsage | null;
  constructor(model: string, { usage, ...options }: Failed = {}) {
    super(
      "model-refused",
      422,
      `${model} declined to answer this`,
      { value: model, remedy: "Put the question differently." },
      options,
    );
    this.model = model;
    this.usage = usage ?? null;
  }
}

/** The model's answer was cut off: by the limit of its tokens, or because its context is full. */
export class ModelTruncatedError extends ModelError {
  readonly model: string;
  readonly usage: WireUsage | null;
  constructor(model: string, limit: string, { usage, ...options }: Failed = {}) {
    super(
      "model-truncated",
      422,
      `${model}'s answer was cut off`,
      { value: model, expected: limit, remedy: "Ask for less at a time." },
      options,
    );
    this.model = model;
    this.usage = usage ?? null;
  }
}

/** A budget for language models is used up. */
export class BudgetExceededError extends MillwrightError {
  constructor(scope: "turn" | "person" | "tenant", limit: string) {
    const whose = { turn: "one turn", person: "one person's day", tenant: "everybody's day" }[scope];
    super("budget-exceeded", 422, `The budget for ${whose} is used up`, {
      expected: `at most ${limit}`,
      remedy: "Go on tomorrow (UTC), or raise the budget.",
    });
  }
}
