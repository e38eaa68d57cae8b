import { type Attribute, dateAfter, member, type SampleProcess } from "./process.ts";
import type { Random } from "./random.ts";
import type { Flow } from "./simulation.ts";

/** Tickets of a support desk: network problems wait for the one specialist; phone tickets bounce back more often. */
export const helpdesk: SampleProcess = {
  name: "helpdesk",
  casePrefix: "T",
  cases: 1800,
  days: 126,
  attributes: ["priority", "category", "customer", "channel", "product", "due_date"],
  truth: {
    bottleneck: "Resolve by specialist",
    causes: [
      { attribute: "category", comparator: "=", value: "network", effect: "one specialist, ten to three" },
    ],
    idle: { resource: "Vera Sand", team: "Specialists" },
    improvement: "Vera Sand takes network tickets too",
  },
  workers: (improved) => [
    ...["Ada Kern", "Ben Ito", "Cleo Dahl", "Dan Pohl"].map((name) =>
      member(name, "First line", [7, 21], [1, 2, 3, 4, 5, 6]),
    ),
    member("Uwe Frey", "Network", [10, 15]),
    member("Vera Sand", improved ? ["Applications", "Network"] : "Applications"),
    member("Wim Bakker", "Applications"),
  ],
  describe: (random, arrival) => {
    const priority = random.pick([
      ["low", 40],
      ["normal", 45],
      ["high", 15],
    ]);
    return {
      priority,
      category: random.pick([
        ["network", 30],
        ["application", 45],
        ["account", 25],
      ]),
      customer: `Customer ${1 + Math.floor(random.next() * 40)}`,
      channel: random.pick([
        ["portal", 60],
        ["mail", 25],
        ["phone", 15],
      ]),
      product: random.pick([
        ["Basic", 50],
        ["Plus", 35],
        ["Enterprise", 15],
      ]),
      due_date: dateAfter(arrival, priority === "high" ? 1 : priority === "normal" ? 4 : 8),
    };
  },
  flow,
};

function* flow(random: Random, ticket: Readonly<Record<string, Attribute>>): Flow {
  const priority = ["high", "normal", "low"].indexOf(String(ticket["priority"]));
  yield { activity: "Open ticket", team: null, minutes: 1 };
  yield { activity: "Triage", team: "First line", minutes: random.lognormal(9, 0.5), priority };
  if (ticket["category"] === "account") {
    yield {
      activity: "Resolve by first line",
      team: "First line",
      minutes: random.lognormal(16, 0.5),
      priority,
    };
  } else {
    const team = ticket["category"] === "network" ? "Network" : "Applications";
    const minutes = team === "Network" ? 54 : 42;
    yield { activity: "Resolve by specialist", team, minutes: random.lognormal(minutes, 0.5), priority };
    while (random.chance(ticket["channel"] === "phone" ? 0.3 : 0.08)) {
      yield { activity: "Ask customer", team: "First line", minutes: random.lognormal(6, 0.4), priority };
      yield { activity: "Answer", team: null, by: "Customer", minutes: random.lognormal(500, 0.6) };
      yield { activity: "Resolve by specialist", team, minutes: random.lognormal(24, 0.5), priority };
    }
  }
  yield { activity: "Confirm solution", team: null, by: "Customer", minutes: random.lognormal(240, 0.6) };
  yield { activity: "Close ticket", team: null, minutes: 1 };
}
