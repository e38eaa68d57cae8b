import { type Attribute, dateAfter, member, type SampleProcess } from "./process.ts";
import type { Random } from "./random.ts";
import type { Flow } from "./simulation.ts";

/**
 * Orders of a wholesaler. The credit desk is open from nine to one, takes small orders first and waits for a report
 * from a bureau on German customers; a third clerk, who could help, sits at the quiet returns desk four days a week.
 */
export const orderToCash: SampleProcess = {
  name: "order-to-cash",
  casePrefix: "O",
  cases: 1500,
  days: 126,
  attributes: [
    "order_value",
    "currency",
    "country",
    "region",
    "customer_tier",
    "channel",
    "product_group",
    "promised_date",
  ],
  truth: {
    bottleneck: "Credit check",
    causes: [
      {
        attribute: "order_value",
        comparator: ">",
        value: 500,
        effect: "the desk takes orders up to 500 first",
      },
      { attribute: "country", comparator: "=", value: "Germany", effect: "a bureau's report is awaited" },
    ],
    idle: { resource: "Lena Vogt", team: "Returns" },
    improvement: "Lena Vogt helps at the credit desk every day, and the bureau's report is fetched at once",
  },
  workers: (improved) => [
    member("Ines Adler", "Credit", [9, 13]),
    member("Jonas Roth", "Credit", [9, 13]),
    improved
      ? member("Lena Vogt", ["Credit", "Returns"])
      : member("Lena Vogt", ["Returns", "Credit"], [9, 12], [5]),
    ...(improved ? [] : [member("Lena Vogt", "Returns", [9, 17], [1, 2, 3, 4])]),
    member("Carla Ruiz", "Sales"),
    member("Mats Lind", "Sales"),
    member("Nora Wolff", "Management", [9, 16]),
    ...["Emil Braun", "Sofia Conti", "Piotr Nowak", "Anna Vos"].map((name) =>
      member(name, "Warehouse", [7, 19]),
    ),
    member("Greta Holm", "Billing"),
    member("Luc Martin", "Billing"),
  ],
  describe: (random, arrival) => {
    const country = random.pick([
      ["Germany", 40],
      ["Austria", 14],
      ["France", 18],
      ["Netherlands", 16],
      ["Poland", 12],
    ]);
    const tier = random.pick([
      ["standard", 60],
      ["silver", 28],
      ["gold", 12],
    ]);
    const value = Math.round(random.lognormal(tier === "gold" ? 900 : 480, 0.9) * 100) / 100;
    return {
      order_value: Math.max(15, value),
      currency: "EUR",
      country,
      region: regionOf(random, country),
      customer_tier: tier,
      channel: random.pick([
        ["web", 55],
        ["edi", 25],
        ["phone", 20],
      ]),
      product_group: random.pick([
        ["tools", 35],
        ["fasteners", 30],
        ["safety", 20],
        ["electrical", 15],
      ]),
      promised_date: dateAfter(arrival, 9),
    };
  },
  flow,
};

const REGIONS: Readonly<Record<string, readonly string[]>> = {
  Germany: ["North", "South", "East", "West"],
  Austria: ["Vienna", "Tyrol"],
  France: ["Île-de-France", "Sud"],
  Netherlands: ["Randstad", "Noord"],
  Poland: ["Mazovia", "Silesia"],
};

const regionOf = (random: Random, country: string): string =>
  random.pick((REGIONS[country] ?? [country]).map((region) => [region, 1] as const));

function* flow(random: Random, order: Readonly<Record<string, Attribute>>, improved: boolean): Flow {
  const large = Number(order["order_value"]) > 500;
  yield { activity: "Receive order", team: null, minutes: 1 };
  if (random.chance(order["channel"] === "phone" ? 0.25 : 0.06)) {
    yield { activity: "Clarify order", team: "Sales", minutes: random.lognormal(18, 0.5) };
  }
  yield {
    activity: "Credit check",
    team: "Credit",
    minutes: random.lognormal(large ? 50 : 22, 0.35),
    priority: large && !improved ? 1 : 0,
    after: order["country"] === "Germany" && !improved ? random.lognormal(900, 0.4) : 0,
  };
  if (random.chance(large ? 0.06 : 0.02)) {
    yield { activity: "Reject order", team: "Sales", minutes: random.lognormal(8, 0.4) };
    return;
  }
  if (Number(order["order_value"]) > 2500) {
    yield { activity: "Approve order", team: "Management", minutes: random.lognormal(12, 0.5) };
  }
  yield* deliver(random, order);
  yield* collect(random);
}

function* deliver(random: Random, order: Readonly<Record<string, Attribute>>): Flow {
  yield { activity: "Pick goods", team: "Warehouse", minutes: random.lognormal(28, 0.4) };
  if (random.chance(order["product_group"] === "electrical" ? 0.22 : 0.05)) {
    yield { activity: "Restock item", team: null, by: "Supplier", minutes: random.lognormal(620, 0.4) };
    yield { activity: "Pick goods", team: "Warehouse", minutes: random.lognormal(20, 0.4) };
  }
  yield { activity: "Ship order", team: "Warehouse", minutes: random.lognormal(14, 0.3) };
  if (random.chance(0.04)) {
    yield { activity: "Return goods", team: null, by: "Customer", minutes: random.lognormal(5000, 0.4) };
    yield { activity: "Handle return", team: "Returns", minutes: random.lognormal(30, 0.4) };
  }
}

function* collect(random: Random): Flow {
  yield { activity: "Create invoice", team: "Billing", minutes: random.lognormal(9, 0.3) };
  const late = random.chance(0.14);
  if (late) {
    yield { activity: "Miss payment date", team: null, by: "Customer", minutes: 14 * 1440 };
    yield { activity: "Send reminder", team: "Billing", minutes: random.lognormal(5, 0.3) };
  }
  yield {
    activity: "Receive payment",
    team: null,
    by: "Customer",
    minutes: random.lognormal(late ? 4000 : 6500, 0.5),
  };
}
