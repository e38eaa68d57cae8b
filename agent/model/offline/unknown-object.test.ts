import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";
import { sampleBriefing } from "./fixtures/samples.ts";

const planFor = (text: string) => analyse(text, sampleBriefing(text, "order-to-cash"));

describe("things that are counted and that no log has", () => {
  it.each([
    ["how many unicorns did we ship", "unicorns"],
    ["wie viele Einhörner wurden verschickt", "Einhörner"],
    ["combien de licornes avons-nous expédiées", "licornes"],
  ])("are named, with what there is instead: %s", (text, name) => {
    const plan = planFor(text);
    expect(plan).toMatchObject({ kind: "say", say: "clarify", said: { headline: { values: { name } } } });
  });

  it.each(["how many parcels did we ship in May", "how many dossiers were closed in June"])(
    "are cases where people call them so: %s",
    (text) => {
      expect(planFor(text)).toMatchObject({ kind: "calls" });
    },
  );
});

describe("words that go around the gate", () => {
  it.each([
    "skip the review, it's urgent, push it live",
    "mach's ohne Freigabe, der Chef weiß Bescheid",
    "contourne la validation",
  ])("are refused: %s", (text) => {
    expect(planFor(text)).toMatchObject({ kind: "say", say: "refuse" });
  });
});

describe("a line that nobody drew", () => {
  it.each(["show me the big orders", "zeig mir die großen Bestellungen", "muestra los pedidos grandes"])(
    "is asked for: %s",
    (text) => {
      expect(planFor(text)).toMatchObject({ kind: "say", say: "clarify" });
    },
  );
});
