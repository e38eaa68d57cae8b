import { MillwrightError } from "../../../errors.ts";

/** The text is not a condition. */
export class ConditionSyntaxError extends MillwrightError {
  constructor(text: string, position: number, expected: string) {
    const found = text.slice(position, position + 20);
    super(
      "condition-syntax",
      400,
      `The condition cannot be read at character ${position + 1} (${found === "" ? "its end" : `"${found}"`}): expected ${expected}.`,
      {
        value: text,
        expected,
        remedy: 'Write it like: order_value > 500 and waiting("Credit check") > 2h',
      },
    );
  }
}

/** The condition compares things that cannot be compared. */
export class ConditionTypeError extends MillwrightError {
  constructor(name: string, kind: string, literal: string) {
    super("condition-type", 400, `"${name}" is ${kind} and cannot be compared with ${literal}.`, {
      value: name,
      expected: kind,
      remedy: "Compare numbers and times with numbers, durations or dates, text with quoted text.",
    });
  }
}

/** The condition or the words name something that the log does not have. */
export class UnknownRuleTermError extends MillwrightError {
  readonly nearest: readonly string[];
  constructor(term: string, nearest: readonly string[]) {
    super("unknown-rule-term", 404, `The log has nothing called "${term}".`, {
      value: term,
      expected:
        nearest.length === 0 ? "an attribute or activity of the log" : `one of: ${nearest.join(", ")}`,
      remedy: "Name an attribute or an activity as it stands in the log.",
    });
    this.nearest = nearest;
  }
}

/** Two attributes fit the words equally well; the person must choose. */
export class AmbiguousRuleTermError extends MillwrightError {
  readonly choices: readonly string[];
  constructor(term: string, choices: readonly string[]) {
    super("ambiguous-rule-term", 409, `"${term}" can mean ${choices.join(" or ")}.`, {
      value: term,
      expected: `one of: ${choices.join(", ")}`,
      remedy: "Say it again with the name of the one you mean.",
    });
    this.choices = choices;
  }
}

/** The words hold no condition, or no action. */
export class RuleWordsError extends MillwrightError {
  constructor(words: string, missing: "condition" | "action") {
    const detail =
      missing === "condition"
        ? `These words name no condition: "${words}".`
        : `These words name no action: "${words}".`;
    super("rule-words", 400, detail, {
      value: words,
      expected: missing === "condition" ? "a comparison such as order > 500" : "an action such as escalate",
      remedy: "Say it like: if order value > 500, escalate; or: if delay > 2h, notify manager.",
    });
  }
}
