import { describe, expect, it } from "vitest";
import { printCondition } from "./condition.ts";
import type { ConditionSchema } from "./schema.ts";
import { ruleFromWords } from "./words.ts";

const orders: ConditionSchema = {
  caseAttributes: new Map([
    ["order_value", "number"],
    ["country", "text"],
    ["promised_date", "time"],
  ]),
  eventAttributes: new Map([
    ["discount", "number"],
    ["activity", "text"],
  ]),
  activities: ["Create order", "Credit check", "Ship goods"],
  deadline: "promised_date",
  hasTimes: true,
};
const values = new Map([["country", ["Germany", "France"]]]);

const read = (text: string, schema = orders) => {
  const { condition, action } = ruleFromWords(text, schema, values);
  return { condition: printCondition(condition), action };
};

describe("a rule in a person's words", () => {
  it.each([
    ["if order > $500, escalate", "order_value > 500", "escalate"],
    ["if delay > 2h, notify manager", "order_delay > 2h", "notify_manager"],
    [
      "escalate every order over $500 that waits more than 2 hours",
      "order_value > 500 and waiting() > 2h",
      "escalate",
    ],
    ["escalate orders over 5k", "order_value > 5000", "escalate"],
    [
      "If the order value exceeds 1,000 and the country is France, escalate",
      'order_value > 1000 and country = "France"',
      "escalate",
    ],
    [
      "notify the manager if an order from Germany waits longer than 2h on Credit check",
      'waiting("Credit check") > 2h and country = "Germany"',
      "notify_manager",
    ],
    ["if credit check takes more than 3 hours flag it", 'service("Credit check") > 3h', "flag"],
    ["if the order is delayed by more than 2 hours, notify manager", "order_delay > 2h", "notify_manager"],
    ["if order value is at least 400 then auto-approve", "order_value >= 400", "auto_approve"],
    ["if discount above 20 send to review", "discount > 20", "assign_to_review"],
    [
      "escalate orders above 3000 that wait more than a day for credit check",
      'order_value > 3000 and waiting("Credit check") > 1d',
      "escalate",
    ],
    ["if an order waits longer than half an hour, flag it", "waiting() > 30min", "flag"],
    ["flag orders that wait at least two weeks", "waiting() >= 14d", "flag"],
    ["orders over 500 should be escalated", "order_value > 500", "escalate"],
  ])("%s", (text, condition, action) => {
    expect(read(text)).toEqual({ condition, action });
  });

  const loans: ConditionSchema = {
    ...orders,
    caseAttributes: new Map([
      ["amount", "number"],
      ["score", "number"],
    ]),
    eventAttributes: new Map(),
    activities: ["Receive application", "Approve loan"],
  };

  it.each([
    ["Escalate every application over 5000 that waits more than 2 hours", "amount > 5000 and waiting() > 2h"],
    ["escalate loans above 10k", "amount > 10000"],
    ["flag cases over 500", "amount > 500"],
    ["flag applications with a score under 300", "score < 300"],
  ])("a case's own amount is meant by its noun: %s", (text, condition) => {
    expect(read(text, loans).condition).toBe(condition);
  });

  it.each([
    [
      'if order_value > 500 and waiting("Credit check") > 2h, then notify_manager',
      'order_value > 500 and waiting("Credit check") > 2h',
      "notify_manager",
    ],
    ['if country in ("Germany", "France"), then flag', 'country in ("Germany", "France")', "flag"],
    ["if delay > 2h, then escalate", "order_delay > 2h", "escalate"],
  ])("a rule as it is written down is taken as it stands: %s", (text, condition, action) => {
    expect(read(text)).toEqual({ condition, action });
  });

  it("asks which amount where a case has two", () => {
    const two = new Map([
      ["net_amount", "number"],
      ["gross_amount", "number"],
    ] as const);
    expect(() => read("escalate loans above 10k", { ...loans, caseAttributes: two })).toThrow(
      /net_amount or gross_amount/,
    );
  });

  it("asks when two attributes fit as well", () => {
    const schema = {
      ...orders,
      caseAttributes: new Map([
        ["net_amount", "number"],
        ["tax_amount", "number"],
      ] as const),
    };
    expect(() => read("if amount > $500, escalate", schema)).toThrowError(
      expect.objectContaining({ name: "AmbiguousRuleTermError", choices: ["net_amount", "tax_amount"] }),
    );
  });

  it("says what it does not know, and what is missing", () => {
    expect(() => read("when customers > 3 escalate")).toThrowError(
      expect.objectContaining({ name: "UnknownRuleTermError" }),
    );
    expect(() => read("escalate")).toThrow("no condition");
    expect(() => read("order value > 500")).toThrow("no action");
  });

  it("keeps a delay attribute of the log's own", () => {
    const schema = { ...orders, caseAttributes: new Map([["shipping_delay", "number"]] as const) };
    expect(read("if delay > 2h, notify manager", schema).condition).toBe("shipping_delay > 2h");
  });
});
