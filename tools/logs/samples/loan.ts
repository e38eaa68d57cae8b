import { type Attribute, dateAfter, member, type SampleProcess } from "./process.ts";
import type { Random } from "./random.ts";
import type { Flow } from "./simulation.ts";

/** Loan applications: large amounts wait for a manager who approves on one morning a week; self-employed send papers twice. */
export const loan: SampleProcess = {
  name: "loan",
  casePrefix: "L",
  cases: 1200,
  days: 126,
  attributes: ["amount", "currency", "score", "employment", "channel", "branch", "decision_due"],
  truth: {
    bottleneck: "Approve loan",
    causes: [
      {
        attribute: "amount",
        comparator: ">",
        value: 50000,
        effect: "a manager approves, on one morning a week",
      },
      {
        attribute: "employment",
        comparator: "=",
        value: "self-employed",
        effect: "papers are asked for again",
      },
    ],
    idle: { resource: "Otto Lang", team: "Managers" },
    improvement: "Otto Lang approves every day",
  },
  workers: (improved) => [
    ...["Ida Beck", "Kai Sommer", "Lea Funk", "Max Ott", "Nia Stark"].map((name) => member(name, "Clerks")),
    ...["Rosa Klein", "Sven Hahn", "Tara Jung"].map((name) => member(name, "Officers")),
    member("Olga Winter", "Managers", [9, 12], [4]),
    ...(improved
      ? [member("Otto Lang", "Managers", [9, 16])]
      : [member("Otto Lang", "Managers", [9, 10], [5])]),
  ],
  describe: (random, arrival) => ({
    amount: Math.round(Math.min(250_000, random.lognormal(24_000, 0.9)) / 100) * 100,
    currency: "EUR",
    score: Math.round(
      Math.min(850, Math.max(300, 610 + (random.next() + random.next() + random.next() - 1.5) * 220)),
    ),
    employment: random.pick([
      ["employed", 70],
      ["self-employed", 22],
      ["retired", 8],
    ]),
    channel: random.pick([
      ["branch", 40],
      ["web", 45],
      ["partner", 15],
    ]),
    branch: random.pick([
      ["Hamburg", 30],
      ["München", 30],
      ["Köln", 25],
      ["Leipzig", 15],
    ]),
    decision_due: dateAfter(arrival, 12),
  }),
  flow,
};

function* flow(random: Random, application: Readonly<Record<string, Attribute>>): Flow {
  const amount = Number(application["amount"]);
  yield { activity: "Submit application", team: null, minutes: 1 };
  yield { activity: "Check documents", team: "Clerks", minutes: random.lognormal(22, 0.4) };
  while (random.chance(application["employment"] === "self-employed" ? 0.45 : 0.12)) {
    yield { activity: "Request papers", team: "Clerks", minutes: random.lognormal(8, 0.4) };
    yield { activity: "Send papers", team: null, by: "Customer", minutes: random.lognormal(2400, 0.6) };
    yield { activity: "Check documents", team: "Clerks", minutes: random.lognormal(14, 0.4) };
  }
  yield { activity: "Assess risk", team: "Officers", minutes: random.lognormal(38, 0.4) };
  const rejected = Number(application["score"]) < 500 || random.chance(0.05);
  if (!rejected && amount > 50_000)
    yield { activity: "Approve loan", team: "Managers", minutes: random.lognormal(16, 0.4) };
  if (rejected) {
    yield { activity: "Reject application", team: "Officers", minutes: random.lognormal(9, 0.3) };
    return;
  }
  yield { activity: "Send offer", team: "Clerks", minutes: random.lognormal(11, 0.3) };
  if (random.chance(0.78)) {
    yield { activity: "Accept offer", team: null, by: "Customer", minutes: random.lognormal(4000, 0.6) };
    yield { activity: "Pay out", team: "Clerks", minutes: random.lognormal(12, 0.3) };
  } else {
    yield {
      activity: "Cancel application",
      team: null,
      by: "Customer",
      minutes: random.lognormal(9000, 0.5),
    };
  }
}
