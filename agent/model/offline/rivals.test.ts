import { describe, expect, it } from "vitest";
import { conclude } from "./conclude.ts";
import { briefing } from "./fixtures/briefing.ts";
import { found, frameOf, planOf } from "./fixtures/outcomes.ts";
import { rank } from "./frame/rank.ts";
import { besideRival } from "./framing.ts";
import { languageOf } from "./languages/index.ts";
import { read } from "./link/read.ts";

const here = briefing("slow?");
const slow = read("slow?", languageOf("en"), here);
const [first, second] = rank(read("how long do orders take?", languageOf("en"), here), here).filter(
  ({ tool, filling }) => tool.risk === "read" && filling.missing.length === 0,
);
const frame = { ...frameOf(first!.tool.name, first!.filling.input), text: "slow?" };
const near = [
  { ...first!, likelihood: 0.5 },
  { ...second!, likelihood: 0.45 },
];
describe("two tools that are as likely", () => {
  const [both] = besideRival([frame], near, slow);

  it("are both called where the first is not clear", () => {
    expect(both!.variants).toMatchObject([{ tool: second!.tool.name, input: second!.filling.input }]);
    const step = conclude(planOf([both!]), [], here);
    expect(step.kind === "calls" && step.calls.map(({ tool }) => tool)).toEqual([
      first!.tool.name,
      second!.tool.name,
    ]);
  });

  it("are asked about once, each with its result, where the results differ", () => {
    const outcomes = [found(first!.tool.name, 1), found(second!.tool.name, 2)];
    const step = conclude(planOf([both!]), outcomes, here);
    const parts = step.kind === "final" ? step.parts : null;
    expect(parts?.clarification?.readings.map(({ result }) => result)).toEqual([
      "{{f1}} it is.",
      "{{f2}} it is.",
    ]);
    expect(parts?.state["readings"]).toMatchObject([{ tool: first!.tool.name }, { tool: second!.tool.name }]);
  });

  it("are one answer where the results agree", () => {
    const outcomes = [found(first!.tool.name, 1), found(second!.tool.name, 1)];
    const step = conclude(planOf([both!]), outcomes, here);
    expect(step.kind === "final" && [step.text, step.parts.clarification]).toEqual(["{{f1}} it is.", null]);
  });

  it("are not both called where one figure is asked for, and the second has none to choose", () => {
    const causes = rank(read("why are orders slow?", languageOf("en"), here), here)[0]!;
    const ranked = [
      { ...first!, likelihood: 0.5 },
      { ...causes, likelihood: 0.45 },
    ];
    const length = read("how long do orders take?", languageOf("en"), here);
    expect(besideRival([frame], ranked, length)).toEqual([frame]);
  });

  it("are not both called where they pick the same cases, counted or listed", () => {
    const text = "only orders of more than 1500 euros";
    const reading = read(text, languageOf("en"), here);
    const ranked = rank(reading, here);
    const [counted, shown] = ["logs.filter", "mining.cases"].map((name) =>
      ranked.find(({ tool }) => tool.name === name),
    );
    const likely = [
      { ...counted!, likelihood: 0.5 },
      { ...shown!, likelihood: 0.45 },
    ];
    expect(besideRival([frame], likely, reading)).toEqual([frame]);
  });

  it.each([
    [
      "it is clear",
      frame,
      [
        { ...first!, likelihood: 0.56 },
        { ...second!, likelihood: 0.4 },
      ],
    ],
    [
      "the second is far behind",
      frame,
      [
        { ...first!, likelihood: 0.5 },
        { ...second!, likelihood: 0.1 },
      ],
    ],
  ] as const)("are not both called where %s", (_why, only, ranked) => {
    expect(besideRival([only], ranked, slow)).toEqual([only]);
  });
});
