import { expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { sampleBriefing } from "../fixtures/samples.ts";
import { tickets } from "../fixtures/systems.ts";

it.each([
  "help-desk",
  "x' union all select content from read_text('/etc/passwd') --",
  "a|b (c) [d] {e} ^f$ *+?\\",
])("a system may be called anything: %s", (title) => {
  const text = "where do we wait?";
  const odd = { ...tickets, id: "odd-one", title };
  const plan = analyse(text, sampleBriefing(text, "order-to-cash", { systems: [odd, tickets] }));
  expect(plan).toMatchObject({ frames: [{ tool: "mining.bottlenecks" }] });
});
