import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trees } from "../../../../tests/fixtures/trees.ts";
import type { PetriNet } from "../petri-net.ts";
import type { ProcessMap } from "../process-map.ts";
import { activityLeaf, exclusive, loop, parallel, printTree, sequence, silent } from "../process-tree.ts";
import { ModelFileError, NotConvertibleError } from "./errors.ts";
import { asNet, MODEL_FORMATS, type ProcessModel, readModel, writeModel } from "./process-model.ts";
import { readXml, type XmlElement } from "./xml.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const tree = sequence([
  activityLeaf('say "hi" <now> & then\\go'),
  exclusive([silent, activityLeaf("b")]),
  parallel([
    loop(activityLeaf("c"), activityLeaf("d")),
    activityLeaf("a very long name of an activity that needs several lines and then some more"),
  ]),
]);
const model: ProcessModel = { kind: "tree", tree };

const elements = (element: XmlElement): XmlElement[] => [element, ...element.children.flatMap(elements)];
const classes = (svg: string, name: string) =>
  elements(readXml(svg)).filter(({ attributes }) => attributes.get("class")?.split(" ").includes(name));

const map: ProcessMap = {
  nodes: [
    { id: "a", label: "A & B", count: 1200, waiting: null, service: null, bottleneck: false },
    { id: "b", label: "C", count: 3, waiting: 1, service: 1, bottleneck: true },
  ],
  edges: [
    { from: null, to: "a", count: 1000, seconds: null },
    { from: "a", to: "b", count: 3, seconds: 60 },
    { from: "a", to: "a", count: 200, seconds: 60 },
    { from: "b", to: "a", count: 1, seconds: 60 },
    { from: "a", to: null, count: 1000, seconds: null },
  ],
};

describe("a model file", () => {
  it("is told by its content and read back as what was written", () => {
    fc.assert(
      fc.property(trees, (each) => {
        for (const format of ["ptml", "tree"] as const) {
          const { text } = writeModel({ kind: "tree", tree: each }, format, "x");
          expect(readModel(bytes(text), "x").model).toEqual({ kind: "tree", tree: each });
        }
        for (const [format, kind] of [
          ["pnml", "net"],
          ["bpmn", "bpmn"],
        ] as const) {
          const { text, notes } = writeModel({ kind: "tree", tree: each }, format, "x");
          const read = readModel(bytes(text), "x");
          expect(read.model.kind).toBe(kind);
          expect([...notes, ...read.notes]).toEqual([]);
          const again = writeModel(read.model, "pnml", "x").text;
          expect(again).toBe(writeModel(readModel(bytes(text), "x").model, "pnml", "x").text);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("names the file where it cannot be read", () => {
    const read = (text: string) => () => readModel(bytes(text), "my.pnml");
    expect(read("<html></html>")).toThrow(/root is <html>/);
    try {
      read("<pnml><net>")();
    } catch (error) {
      expect(error).toBeInstanceOf(ModelFileError);
      expect((error as ModelFileError).details).toMatchObject({ file: "my.pnml", line: 1 });
    }
    expect(read("hello")).toThrow(ModelFileError);
  });

  it("says why a map is no model, and why a net is no tree", () => {
    for (const format of ["bpmn", "pnml", "ptml", "tree"] as const)
      expect(() => writeModel({ kind: "map", map }, format, "x")).toThrow(NotConvertibleError);
    expect(() => asNet({ kind: "map", map })).toThrow(/not a model/);
  });

  it("has the same bytes each time, in every format", () => {
    for (const format of MODEL_FORMATS)
      expect(writeModel(model, format, "x").text).toBe(writeModel(model, format, "x").text);
  });

  it("becomes the tree again from a Petri net and from BPMN", () => {
    for (const format of ["pnml", "bpmn"] as const) {
      const read = readModel(bytes(writeModel(model, format, "x").text), "x").model;
      expect(writeModel(read, "tree", "x").text).toContain("*( 'c', 'd' )");
    }
    expect(writeModel(model, "tree", "x").text).toBe(`${printTree(tree)}\n`);
  });
});

describe("SVG", () => {
  it("is well-formed, with every name and every part of the model, and nothing from outside", () => {
    const svg = writeModel(model, "svg", "The <model>").text;
    const root = readXml(svg);
    expect(root).toMatchObject({ name: "svg", namespace: "http://www.w3.org/2000/svg" });
    const titles = elements(root)
      .filter(({ name }) => name === "title")
      .map(({ text }) => text);
    expect(titles).toEqual(
      expect.arrayContaining(["The <model>", 'say "hi" <now> & then\\go', "b", "c", "d"]),
    );
    expect(svg).not.toMatch(/href|<script|<image|url\(h/);
    expect(svg).toContain("prefers-color-scheme: dark");
  });

  it("has a circle for each place and a box for each transition", () => {
    fc.assert(
      fc.property(trees, (each) => {
        const net = asNet({ kind: "tree", tree: each }).model;
        const svg = writeModel({ kind: "net", net }, "svg", "x").text;
        const silentOnes = net.transitions.filter(({ label }) => label === null).length;
        // One more circle within the final place.
        expect(classes(svg, "shape").filter(({ name }) => name === "circle")).toHaveLength(net.places + 1);
        expect(classes(svg, "dark").filter(({ name }) => name === "rect")).toHaveLength(silentOnes);
        const arcs = net.transitions.reduce(
          (sum, { inputs, outputs }) => sum + inputs.length + outputs.length,
          0,
        );
        expect(classes(svg, "line")).toHaveLength(arcs);
      }),
      { numRuns: 50 },
    );
  });

  it("shows weights, several tokens and nothing at all", () => {
    const net: PetriNet = {
      places: 2,
      transitions: [{ label: "a", inputs: [0, 0], outputs: [1] }],
      initial: [3, 0],
      final: [0, 1],
    };
    const svg = writeModel({ kind: "net", net }, "svg", "x").text;
    expect(svg).toContain("<title>weight 2</title>");
    expect(svg).toContain(">3</tspan>");
  });

  it("draws thicker what happens more often on a map, and marks bottlenecks", () => {
    const svg = writeModel({ kind: "map", map }, "svg", "x").text;
    const widths = new Map(
      classes(svg, "line").map((line) => [
        line.children[0]!.text,
        Number(/[\d.]+/.exec(line.attributes.get("style")!)![0]),
      ]),
    );
    expect(widths.size).toBe(5);
    expect(widths.get("Start → a: 1,000")!).toBeGreaterThan(widths.get("a → b: 3")!);
    expect(widths.get("a → b: 3")!).toBeGreaterThan(widths.get("b → a: 1")!);
    expect(classes(svg, "hot")).toHaveLength(1);
  });
});

describe("DOT", () => {
  it("quotes names, and has every part of the model in each form", () => {
    const dot = (each: ProcessModel, picture?: "net" | "bpmn") =>
      writeModel(each, "dot", 'a "b"', picture).text;
    expect(dot(model)).toContain('label="say \\"hi\\" <now> & then\\\\go"');
    expect(dot(model)).toMatch(/^digraph "a \\"b\\"" \{/);
    expect(dot(model, "net")).toContain("doublecircle");
    expect(dot(model, "bpmn")).toContain("shape=diamond");
    expect(dot({ kind: "map", map })).toContain('label="A & B\\n1200"');
    expect(dot({ kind: "map", map }).match(/ -> /g)).toHaveLength(5);
  });
});

describe("a BPMN process with every kind of node", () => {
  const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P">
    <startEvent id="s" name="go"><messageEventDefinition/></startEvent><endEvent id="e"><terminateEventDefinition/></endEvent>
    <subProcess id="q" name="inner"><task id="i" name="I"/></subProcess><boundaryEvent id="t" attachedToRef="q"><timerEventDefinition/></boundaryEvent>
    <userTask id="u" name="U"><standardLoopCharacteristics/></userTask>
    <eventBasedGateway id="g"/><inclusiveGateway id="o"/><parallelGateway id="p"/><exclusiveGateway id="x"/>
    <intermediateCatchEvent id="m"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="q" name="yes"/><sequenceFlow id="f2" sourceRef="q" targetRef="g"/>
    <sequenceFlow id="f3" sourceRef="t" targetRef="u"/><sequenceFlow id="f4" sourceRef="u" targetRef="x"/>
    <sequenceFlow id="f5" sourceRef="g" targetRef="m"/><sequenceFlow id="f6" sourceRef="m" targetRef="o"/>
    <sequenceFlow id="f7" sourceRef="o" targetRef="p"/><sequenceFlow id="f8" sourceRef="p" targetRef="x"/><sequenceFlow id="f9" sourceRef="x" targetRef="e"/>
    </process></definitions>`;

  it("is drawn as SVG and DOT", () => {
    const { model: read } = readModel(bytes(xml), "x.bpmn");
    const svg = writeModel(read, "svg", "x").text;
    expect(classes(svg, "mark")).toHaveLength(4);
    expect(classes(svg, "line")).toHaveLength(9);
    for (const mark of ["✉", "◷", "●", "↻", "inner"]) expect(svg).toContain(mark);
    const dot = writeModel(read, "dot", "x").text;
    expect(dot).toContain('subgraph "cluster_q"');
    expect(dot).toContain("style=dotted");
  });
});
