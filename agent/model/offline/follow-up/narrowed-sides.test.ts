import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";

const country = (value: string) => ({ kind: "attribute", attribute: "country", comparator: "=", value });
const side = (value: string, ...more: readonly object[]) => ({
  label: value,
  filters: [country(value), ...more],
});
const web = { kind: "attribute", attribute: "channel", comparator: "=", value: "web" };

const following = (text: string, input: object) =>
  analyse(
    text,
    sampleBriefing(text, "order-to-cash", {
      state: { frames: [{ tool: "mining.compare", input }], next: "why?" },
    }),
  );

describe("what is said after two groups were compared", () => {
  const compared = { metric: "cycle_time", a: side("Germany"), b: side("Poland") };

  it.each(["only web orders", "just web", "nur Web-Aufträge", "seulement le web"])(
    "narrows both down: %s",
    (text) => {
      expect(following(text, compared)).toMatchObject({
        frames: [
          {
            tool: "mining.compare",
            input: {
              a: { label: "Germany, web", filters: [country("Germany"), web] },
              b: { label: "Poland, web", filters: [country("Poland"), web] },
            },
          },
        ],
      });
    },
  );

  it("may be a month, and takes up no offer", () => {
    expect(following("and in May?", compared)).toMatchObject({
      frames: [
        { tool: "mining.compare", input: { b: { filters: [country("Poland"), { kind: "window" }] } } },
      ],
    });
  });

  it("takes the place of what it corrects, in the name of the sides too", () => {
    const narrowed = {
      ...compared,
      a: { label: "Germany, web", filters: [country("Germany"), web] },
      b: { label: "Poland, web", filters: [country("Poland"), web] },
    };
    expect(following("no, phone", narrowed)).toMatchObject({
      frames: [{ input: { a: { label: "Germany, phone" }, b: { label: "Poland, phone" } } }],
    });
  });
});
