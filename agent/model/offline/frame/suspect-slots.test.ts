import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { briefing } from "../fixtures/briefing.ts";

const calls = (asked: string) => analyse(asked, briefing(asked));

describe("what is asked about as a cause", () => {
  it.each([
    ["does the order value influence the lead time?", ["order value"]],
    ["is the region to blame for the delay?", ["region"]],
    ["is the delay tied to the region or the customer type?", ["region", "customer type"]],
    ["hat die Region einen Einfluss auf die Durchlaufzeit?", ["region"]],
  ])("is the only cause that is looked for: %s", (asked, suspects) => {
    expect(calls(asked)).toMatchObject({
      frames: [{ tool: "mining.root-cause", input: { suspects } }],
    });
  });

  it.each(["why are German orders slow?", "why do cases take so long?"])(
    "is nothing where none is named: %s",
    (asked) => {
      const plan = calls(asked);
      expect(plan.kind === "calls" && plan.frames[0]!.input).not.toHaveProperty("suspects");
    },
  );
});
