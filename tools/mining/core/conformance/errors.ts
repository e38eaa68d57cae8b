import { MillwrightError } from "../../../../errors.ts";

export class StateLimitError extends MillwrightError {
  constructor(states: number) {
    super("state-limit", 422, `The model reaches more than ${states} states, perhaps without end.`, {
      expected: "a model with a bounded number of tokens",
      remedy: "Check the model for loops that make tokens, or simplify its concurrency.",
    });
  }
}

export class NoCompletionError extends MillwrightError {
  constructor(never: boolean) {
    super(
      "no-completion",
      422,
      never
        ? "No run of the model completes: its final marking cannot be reached."
        : "No complete run of the model was found within the states that may be searched.",
      {
        expected: "a model in which a case can reach its end",
        remedy: "Check the end events or the final marking, and gateways that wait for a branch never taken.",
      },
    );
  }
}
