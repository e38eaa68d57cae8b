import { describe, expect, it } from "vitest";
import type { SampleName } from "../../../../tools/logs/samples/generate.ts";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";
import { readNumber } from "../link/amounts.ts";

const input = (text: string, log: SampleName = "order-to-cash"): Readonly<Record<string, unknown>> => {
  const plan = analyse(text, sampleBriefing(text, log));
  return plan.kind === "calls" ? plan.frames[0]!.input : {};
};

describe("what is left out", () => {
  it.each<[string, SampleName, string]>([
    ["average lead time leaving aside anything that got returned", "order-to-cash", "Return goods"],
    ["median lead time, set the rejected orders aside", "order-to-cash", "Reject order"],
    ["how many orders haven't been invoiced", "order-to-cash", "Create invoice"],
    ["list the applications that were never paid out", "loan", "Pay out"],
    ["Durchlaufzeit ohne die abgelehnten Bestellungen", "order-to-cash", "Reject order"],
    ["welche Bestellungen sind noch nicht bezahlt", "order-to-cash", "Receive payment"],
    ["Durchlaufzeit ohne stornierte bzw. abgelehnte Bestellungen", "order-to-cash", "Reject order"],
  ])("are the cases in which the step happens: %s", (text, log, step) => {
    const filter = { kind: "activity", activities: [step], mode: "none" };
    expect(input(text, log)["filters"]).toContainEqual(filter);
  });

  it("is each of the values that are listed, and no request of its own", () => {
    expect(input("except Poland and France, where do we wait?")["filters"]).toEqual([
      { kind: "attribute", attribute: "country", comparator: "not-in", value: ["Poland", "France"] },
    ]);
  });

  it("does not reach back over the word that leaves out", () => {
    expect(input("lead time of web orders, excluding gold")["filters"]).toEqual([
      { kind: "attribute", attribute: "channel", comparator: "=", value: "web" },
      { kind: "attribute", attribute: "customer_tier", comparator: "!=", value: "gold" },
    ]);
  });
});

describe("two steps in an order", () => {
  it("select the cases in which one follows the other at once, whichever is named first", () => {
    const follows = { kind: "follows", from: "Create invoice", to: "Send reminder", how: "directly" };
    expect(input("show orders where a reminder came right after the invoice")["filters"]).toMatchObject([
      follows,
    ]);
  });

  it.each<[string, SampleName, string, readonly string[]]>([
    [
      "do we ever ship before the credit check is done?",
      "order-to-cash",
      "before",
      ["Credit check", "Ship order"],
    ],
    [
      "does every shipment come after a credit check?",
      "order-to-cash",
      "before",
      ["Credit check", "Ship order"],
    ],
    [
      "is every shipment followed by an invoice?",
      "order-to-cash",
      "follow",
      ["Ship order", "Create invoice"],
    ],
    ["check that no ticket is closed without triage first", "helpdesk", "before", ["Triage", "Close ticket"]],
    ["is the offer ever sent without a risk assessment?", "loan", "before", ["Assess risk", "Send offer"]],
    [
      "wird jemals versendet, bevor die Bonität geprüft wurde?",
      "order-to-cash",
      "before",
      ["Credit check", "Ship order"],
    ],
  ])("are the rule that is asked about: %s", (text, log, kind, activities) => {
    expect(input(text, log)).toMatchObject({ kind, activities });
  });
});

describe("what is grouped by", () => {
  it.each<[string, SampleName, string]>([
    ["number of applications, branch-wise", "loan", "branch"],
    ["Anträge filialweise zählen", "loan", "branch"],
    ["tickets per customer", "helpdesk", "customer"],
  ])("is the attribute, and neither a value nor a step with its word: %s", (text, log, groupBy) => {
    expect(input(text, log)).toMatchObject({ groupBy });
    expect(input(text, log)).not.toHaveProperty("activity");
  });

  it("is named once, and a date beside it is the deadline", () => {
    const asked = input("what share of orders finished after the promised date, by customer tier?");
    expect(asked).toMatchObject({ groupBy: "customer_tier", deadline: "promised_date" });
    expect(asked).not.toHaveProperty("andBy");
  });

  it.each<[string, SampleName, Readonly<Record<string, number>>]>([
    ["lead time by amount in 5 buckets", "loan", { bins: 5 }],
    ["volume by customer, only the top 7", "helpdesk", { top: 7 }],
    ["Durchlaufzeit nach Kreditbetrag, 4 Klassen", "loan", { bins: 4 }],
  ])("has as many groups as are asked for: %s", (text, log, wanted) => {
    expect(input(text, log)).toMatchObject(wanted);
  });
});

describe("figures", () => {
  it("of money with three digits after a mark are thousands in any language", () => {
    expect(readNumber("5.000", ".", true)).toBe(5000);
    expect(readNumber("5,000", ",", true)).toBe(5000);
    expect(readNumber("12.500", ".")).toBe(12_500);
    expect(readNumber("2.125", ".")).toBe(2.125);
    expect(readNumber("0.500", ".")).toBe(0.5);
  });

  it("before a word for times say how often", () => {
    expect(input("run the golden paths three times")).toMatchObject({ times: 3 });
    expect(input("run the golden paths 4x")).toMatchObject({ times: 4 });
  });

  it("of money limit the budget where no case is said to be worth them", () => {
    expect(input("find the best staffing for no more than 12,000 a week")).toMatchObject({ budget: 12_000 });
  });
});

it("a state that is called like the first word of a step is no step", () => {
  expect(input("how long does a ticket stay open?", "helpdesk")).not.toHaveProperty("activity");
});

it("the time until a step is the time to it, not the case's", () => {
  expect(input("how long does it take until the offer is sent?", "loan")).toMatchObject({
    metric: "time_to",
    activity: "Send offer",
  });
});
