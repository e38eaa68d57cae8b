import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { language } from "../../../../tests/fixtures/language.ts";
import { describeWithShared, shared } from "../../../../tests/fixtures/needs.ts";
import { buildEventLog } from "../../../logs/core/build-event-log.ts";
import { readLogFile } from "../../../logs/read-log.ts";
import { type PetriNet, toPetriNet } from "../petri-net.ts";
import { tokenReplay } from "../token-replay.ts";
import { variants } from "../variants.ts";
import { bpmnToNet, labelKnownTo } from "./bpmn-to-net.ts";
import { ModelFileError, NotConvertibleError } from "./errors.ts";
import { readPnml } from "./pnml.ts";
import { readPtml } from "./ptml.ts";
import { type BpmnOptions, readBpmn } from "./read-bpmn.ts";
import { soundness, workflowNetProblems } from "./soundness.ts";

const document = (body: string) =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">${body}</process></definitions>`;

/** `a>b` is a flow; other words are elements: kind, id and what is inside. */
const flows = (...pairs: string[]) =>
  pairs
    .map((pair) => {
      const [source, target] = pair.split(">");
      return `<sequenceFlow id="${pair.replace(">", "_")}" sourceRef="${source}" targetRef="${target}"/>`;
    })
    .join("");
const tasks = (...ids: string[]) => ids.map((id) => `<task id="${id}" name="${id}"/>`).join("");
const gateways = (kind: string, ...ids: string[]) => ids.map((id) => `<${kind}Gateway id="${id}"/>`).join("");
const ends = '<startEvent id="s"/><endEvent id="e"/>';

const netOf = (body: string) => bpmnToNet(readBpmn(document(body)).model).model;
const words = (body: string, longest = 4) => language(netOf(body), longest);

describe("the Petri net of a BPMN process", () => {
  it("follows exclusive and parallel gateways", () => {
    const xor =
      ends +
      tasks("a", "b") +
      gateways("exclusive", "x", "y") +
      flows("s>x", "x>a", "x>b", "a>y", "b>y", "y>e");
    expect(words(xor)).toEqual(["a", "b"]);
    const and = xor.replaceAll("exclusive", "parallel");
    expect(words(and)).toEqual(["a b", "b a"]);
    expect(workflowNetProblems(netOf(and))).toEqual([]);
  });

  it("lets an inclusive join wait for the branches that were chosen, and takes the default alone", () => {
    const or =
      ends +
      tasks("a", "b") +
      gateways("inclusive", "x", "y") +
      flows("s>x", "x>a", "x>b", "a>y", "b>y", "y>e");
    expect(words(or)).toEqual(["a", "a b", "b", "b a"]);
    expect(soundness(netOf(or)).verdict).toBe("sound");
    const withDefault = or.replace('Gateway id="x"', 'Gateway id="x" default="x_b"');
    expect(words(withDefault)).toEqual(["a", "b"]);
    expect(words(or.replace('<inclusiveGateway id="x"/>', '<parallelGateway id="x"/>'))).toEqual([
      "a b",
      "b a",
    ]);
    expect(words(or.replace('<inclusiveGateway id="x"/>', '<exclusiveGateway id="x"/>'))).toEqual(["a", "b"]);
  });

  it("refuses an inclusive join without a block, by its id", () => {
    const body =
      ends +
      tasks("a", "b") +
      gateways("inclusive", "x", "y") +
      flows("s>x", "x>a", "x>b", "a>y", "b>y", "y>e", "a>b");
    expect(() => netOf(body)).toThrow(NotConvertibleError);
    expect(() => netOf(body)).toThrow(/“y” joins what no one gateway split/);
  });

  it("takes several flows out of a task as parallel, and those with conditions as inclusive", () => {
    const body =
      ends +
      tasks("a", "b", "c") +
      gateways("inclusive", "y") +
      flows("s>a", "a>b", "a>c", "b>y", "c>y", "y>e");
    expect(words(body)).toEqual(["a b c", "a c b"]);
    const condition = (flow: string) =>
      body.replace(
        new RegExp(`(id="${flow}"[^>]*)/>`),
        "$1><conditionExpression>x</conditionExpression></sequenceFlow>",
      );
    expect(words(condition("a_b"))).toEqual(["a b", "a b c", "a c", "a c b"]);
  });

  it("repeats what is marked as a loop or as instances", () => {
    const loop = (marker: string) => `${ends}<task id="a" name="a">${marker}</task>${flows("s>a", "a>e")}`;
    expect(words(loop("<standardLoopCharacteristics/>"), 3)).toEqual(["a", "a a", "a a a"]);
    expect(words(loop("<multiInstanceLoopCharacteristics/>"), 2)).toEqual(["a", "a a"]);
  });

  it("goes through sub-processes, and out of them where a boundary event interrupts", () => {
    const inner = `<startEvent id="is"/>${tasks("b", "c")}<endEvent id="ie"/>${flows("is>b", "b>c", "c>ie")}`;
    const body = `${ends}<subProcess id="q" name="q">${inner}</subProcess>${tasks("h")}${flows("s>q", "q>e")}`;
    expect(words(body.replace(tasks("h"), ""))).toEqual(["b c"]);
    const timer = '<boundaryEvent id="t" attachedToRef="q"><timerEventDefinition/></boundaryEvent>';
    const interrupted = `${body}${timer}${flows("t>h", "h>e")}`;
    // Also after the last step, before the sub-process has ended.
    expect(words(interrupted)).toEqual(["b c", "b c h", "b h", "h"]);
    const beside = interrupted.replace('attachedToRef="q"', 'attachedToRef="q" cancelActivity="false"');
    expect(words(beside)).toEqual(["b c", "b c h", "b h c", "h b c"]);
  });

  it("leaves a sub-process by an error only where the error is thrown", () => {
    const inner = `<startEvent id="is"/>${tasks("b", "c")}${gateways("exclusive", "x")}<endEvent id="ie"/><endEvent id="err"><errorEventDefinition/></endEvent>${flows("is>b", "b>x", "x>c", "c>ie", "x>err")}`;
    const body = `${ends}<subProcess id="q">${inner}</subProcess><boundaryEvent id="t" attachedToRef="q"><errorEventDefinition/></boundaryEvent>${tasks("h")}${flows("s>q", "q>e", "t>h", "h>e")}`;
    expect(words(body)).toEqual(["b c", "b h"]);
  });

  it("ends at once at a terminate event, and only when all is done at others", () => {
    const two = `<startEvent id="s"/>${tasks("a", "b")}${gateways("parallel", "x")}<endEvent id="e"/><endEvent id="f"/>${flows("s>x", "x>a", "x>b", "a>e", "b>f")}`;
    expect(words(two)).toEqual(["a b", "b a"]);
    expect(soundness(netOf(two)).verdict).toBe("sound");
    const terminate = two.replace(
      '<endEvent id="f"/>',
      '<endEvent id="f"><terminateEventDefinition/></endEvent>',
    );
    expect(words(terminate)).toEqual(["a b", "b", "b a"]);
  });

  it("starts at any start event, without one at what nothing leads to, and follows links", () => {
    const any = `<startEvent id="s"/><startEvent id="z"/>${tasks("a", "b")}<endEvent id="e"/>${flows("s>a", "z>b", "a>e", "b>e")}`;
    expect(words(any)).toEqual(["a", "b"]);
    expect(words(tasks("a", "b") + flows("a>b"))).toEqual(["a b"]);
    const link = (kind: string, id: string) =>
      `<intermediate${kind}Event id="${id}"><linkEventDefinition name="L"/></intermediate${kind}Event>`;
    expect(
      words(
        `${ends}${tasks("a", "b")}${link("Throw", "l")}${link("Catch", "m")}${flows("s>a", "a>l", "m>b", "b>e")}`,
      ),
    ).toEqual(["a b"]);
    expect(() => netOf(tasks("a", "b") + flows("a>b", "b>a"))).toThrow(/no start/);
  });

  it("makes events visible that the log knows by name", () => {
    const body = `${ends}<intermediateCatchEvent id="m" name="paid"><messageEventDefinition/></intermediateCatchEvent>${tasks("a")}${flows("s>a", "a>m", "m>e")}`;
    const graph = readBpmn(document(body)).model;
    expect(language(bpmnToNet(graph).model, 3)).toEqual(["a"]);
    const { model } = bpmnToNet(graph, { labelOf: labelKnownTo(new Set(["paid"])) });
    expect(language(model, 3)).toEqual(["a paid"]);
    expect(model.transitions.find(({ label }) => label === "paid")?.element).toBe("m");
  });
});

describe("a BPMN document", () => {
  const read = (body: string, options?: BpmnOptions) => readBpmn(document(body), options);

  it("is refused with the element's id where it makes no sense", () => {
    const wrong: readonly [string, RegExp][] = [
      [tasks("a") + flows("a>b"), /flow “a_b” leads from “a” to “b”; “b” is no step/],
      [tasks("a", "a"), /“a” stands twice/],
      ["<task/>", /<task> has no id/],
      ['<complexGateway id="g"/>', /“g” is a <complexGateway>/],
      ['<adHocSubProcess id="g"/>', /“g” is a <adHocSubProcess>/],
      ['<boundaryEvent id="t" attachedToRef="q"/>', /“t” sits on “q”, which is no step/],
      [
        '<intermediateThrowEvent id="l"><linkEventDefinition name="L"/></intermediateThrowEvent>',
        /link “L”.*caught nowhere/,
      ],
      ["", /empty/],
    ];
    for (const [body, message] of wrong) {
      expect(() => read(body)).toThrow(message);
      expect(() => read(body)).toThrow(ModelFileError);
    }
    expect(() => readBpmn("<html/>")).toThrow(/not a BPMN 2.0 document/);
  });

  it("has lanes, the chosen process, and notes of what was left out", () => {
    const xml = `<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL"><b:collaboration id="c">
      <b:participant id="p1" name="Us" processRef="P"/><b:participant id="p2" name="Them" processRef="Q"/><b:messageFlow id="mf" sourceRef="a" targetRef="z"/></b:collaboration>
      <b:process id="P"><b:laneSet id="ls"><b:lane id="l" name="Desk"><b:flowNodeRef>a</b:flowNodeRef></b:lane></b:laneSet>
      <b:task id="a" name="A"/><b:subProcess id="ev" triggeredByEvent="true"/><b:dataObject id="d"/></b:process>
      <b:process id="Q"><b:task id="z" name="Z"/></b:process></b:definitions>`;
    const { model, notes } = readBpmn(xml);
    expect(model.nodes).toMatchObject([{ id: "a", lanes: ["Us", "Desk"] }]);
    expect(notes.join(" ")).toMatch(/“Us” was read.*Message flows.*“ev” was left out/);
    expect(readBpmn(xml, { process: "Them" }).model.nodes).toMatchObject([{ id: "z" }]);
    expect(() => readBpmn(xml, { process: "Nobody" })).toThrow(/no process “Nobody”/);
  });
});

describe("soundness", () => {
  const problem = (net: PetriNet, limit?: number) => {
    const found = soundness(net, limit);
    return found.verdict === "unsound" ? found : { problem: found.verdict };
  };

  it("is decided with a witness", () => {
    const deadlock =
      ends +
      tasks("a", "b") +
      gateways("exclusive", "x") +
      gateways("parallel", "y") +
      flows("s>x", "x>a", "x>b", "a>y", "b>y", "y>e");
    expect(problem(netOf(deadlock))).toMatchObject({
      problem: "no-option-to-complete",
      explanation: expect.stringMatching(/after the start/),
    });
    const t = (label: string, inputs: number[], outputs: number[]) => ({ label, inputs, outputs });
    const net = (...transitions: PetriNet["transitions"]): PetriNet => ({
      places: 3,
      transitions,
      initial: [1, 0, 0],
      final: [0, 1, 0],
    });
    expect(problem(net(t("a", [0], [1, 2])))).toMatchObject({ problem: "improper-completion", witness: [0] });
    expect(problem(net(t("a", [0], [0, 2]), t("b", [0], [1])))).toMatchObject({ problem: "unbounded" });
    expect(problem(net(t("a", [0], [1]), t("b", [2], [1])))).toMatchObject({
      problem: "dead-transition",
      witness: [1],
    });
    expect(problem(net(t("a", [0], [2]), t("b", [2], [1])))).toEqual({ problem: "sound" });
    expect(problem(net(t("a", [0], [2]), t("b", [2], [1])), 2)).toEqual({ problem: "undecided" });
  });

  it("says what is not the shape of a workflow net", () => {
    const loose: PetriNet = {
      places: 3,
      transitions: [
        { label: "a", inputs: [0], outputs: [1] },
        { label: "b", inputs: [1], outputs: [0] },
        { label: "c", inputs: [], outputs: [] },
      ],
      initial: [1, 0, 0],
      final: [0, 1, 0],
    };
    expect(workflowNetProblems(loose)).toEqual([
      "Arcs lead into the place that a case starts from.",
      "Arcs lead out of the place that a case ends in.",
      "“c” does not lie on a way from start to end.",
      "Place 2 does not lie on a way from start to end.",
    ]);
    expect(workflowNetProblems({ ...loose, initial: [2, 0, 0], final: [0, 0, 0] })).toHaveLength(2);
  });
});

describeWithShared("reference models", () => {
  const figures = JSON.parse(readFileSync(shared("models/fit.json"), "utf8")).models as Record<
    string,
    { log: string; token_replay: { percentage_of_fitting_traces: number } }
  >;
  const read = (file: string): PetriNet => {
    const bytes = readFileSync(shared(`models/${file}`));
    if (file.endsWith("pnml")) return readPnml(bytes).model;
    return file.endsWith("ptml") ? toPetriNet(readPtml(bytes).model) : bpmnToNet(readBpmn(bytes).model).model;
  };
  const files = Object.keys(figures);

  it.each(files)("%s is a sound workflow net", (file) => {
    expect(soundness(read(file)).verdict).toBe("sound");
    expect(workflowNetProblems(read(file))).toEqual([]);
  });

  const fitting = files.filter((file) => figures[file]!.token_replay.percentage_of_fitting_traces === 100);
  it.each(fitting)("%s fits its whole log", async (file) => {
    const name = readdirSync(shared("logs")).find((each) => each.startsWith(`${figures[file]!.log}.`))!;
    const { columns } = await readLogFile(shared(`logs/${name}`));
    const log = variants(buildEventLog(columns, { lifecycle: "all", classifier: "name" }));
    expect(tokenReplay(read(file), log, () => false)!.fitness).toBe(1);
  });
});
