import { MillwrightError } from "../../errors.ts";

export class NoCasesError extends MillwrightError {
  constructor(log: string, filtered: boolean) {
    super("no-cases", 422, filtered ? `No case of ${log} is left after filtering.` : `${log} has no cases.`, {
      expected: "at least one case",
      remedy: filtered ? "Widen the window or drop a filter." : "Choose another log.",
    });
  }
}

export class NoTimesError extends MillwrightError {
  constructor(log: string) {
    super("no-times", 422, `${log} has no timestamps, so nothing can be said about time.`, {
      role: "timestamp",
      remedy: "Import it again with a time column, or ask about paths and steps instead.",
    });
  }
}

export class UnknownActivityError extends MillwrightError {
  constructor(activity: string, known: readonly string[]) {
    super("unknown-activity", 422, `There is no activity “${activity}” in this log.`, {
      value: activity,
      expected: known.slice(0, 20).join(", "),
      remedy: "Use one of the log's activities, written as in the log.",
    });
  }
}

export class UnknownSuspectError extends MillwrightError {
  constructor(attribute: string, known: readonly string[]) {
    super("unknown-suspect", 422, `The cases of this log have no attribute “${attribute}”.`, {
      value: attribute,
      expected: known.slice(0, 20).join(", "),
      remedy: "Use an attribute of the cases; what differs from step to step is no cause of a whole case.",
    });
  }
}

export class TooManyValuesError extends MillwrightError {
  constructor(attribute: string, values: number, most: number) {
    super(
      "too-many-values",
      422,
      `“${attribute}” has ${values} values, too many to tell groups of cases apart.`,
      {
        value: attribute,
        expected: `at most ${most} values`,
        remedy: "Use an attribute with fewer values.",
      },
    );
  }
}

export class UnsupportedMetricError extends MillwrightError {
  constructor(metric: string, supported: readonly string[]) {
    super("unsupported-metric", 422, `This question is not answered for ${metric.replaceAll("_", " ")}.`, {
      value: metric,
      expected: supported.join(", "),
      remedy: "Ask about one of these instead.",
    });
  }
}

export class NoValuesError extends MillwrightError {
  constructor(measure: string, group: string) {
    super("no-values", 422, `No case of “${group}” has a ${measure}.`, {
      value: group,
      remedy: "Choose another figure, step or group; waiting needs start times.",
    });
  }
}

export class NoStartsError extends MillwrightError {
  constructor(log: string) {
    super("no-starts", 422, `${log} has no start times, so waiting cannot be told from working.`, {
      remedy: "Map a start column, or start and complete rows.",
    });
  }
}

export class NoRuleError extends MillwrightError {
  constructor(known: readonly string[]) {
    super("no-rule", 422, "Which rule should be checked? No step of this log was named.", {
      expected: known.slice(0, 20).join(", "),
      remedy: "Name one step, two steps in their order, or a limit of time.",
    });
  }
}

export class TwoStepsNeededError extends MillwrightError {
  constructor(known: readonly string[]) {
    super("two-steps-needed", 422, "Four eyes on which two steps? Two different ones are needed.", {
      expected: known.slice(0, 20).join(", "),
      remedy: "Name both steps, as in the log.",
    });
  }
}

export class NoResourcesError extends MillwrightError {
  constructor(log: string) {
    super("no-resources", 422, `${log} does not say who did what.`, {
      expected: "a resource column",
      remedy: "Import it again with a resource column.",
    });
  }
}

export class TooFewPathsError extends MillwrightError {
  constructor(log: string, paths: number) {
    super("too-few-paths", 422, `${log} has only ${paths} different paths: there is nothing to group.`, {
      expected: "at least 3 different paths",
      remedy: "Ask for the paths themselves.",
    });
  }
}
