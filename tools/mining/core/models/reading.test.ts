import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeWithShared, shared } from "../../../../tests/fixtures/needs.ts";
import { treesWithTurns } from "../../../../tests/fixtures/trees.ts";
import type { PetriNet } from "../petri-net.ts";
import { toPetriNet } from "../petri-net.ts";
import { activityLeaf, type ProcessTree, printTree } from "../process-tree.ts";
import { ModelFileError } from "./errors.ts";
import { readPnml, writePnml } from "./pnml.ts";
import { readPtml, writePtml } from "./ptml.ts";
import { parseTree } from "./tree-text.ts";
import { readXml } from "./xml.ts";

/** Whether a name can stand in XML as it is. */
const nameable = fc.string({ minLength: 1, maxLength: 12, unit: "binary" }).filter((name) => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML cannot hold
  return name.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\u007f]/.test(name);
});

const rename = (tree: ProcessTree, name: (old: string) => string): ProcessTree => {
  if (tree.kind === "activity") return activityLeaf(name(tree.name));
  if (tree.kind === "loop") return { ...tree, body: rename(tree.body, name), redo: rename(tree.redo, name) };
  return "children" in tree ? { ...tree, children: tree.children.map((child) => rename(child, name)) } : tree;
};

const namedTrees = fc
  .tuple(treesWithTurns, fc.array(nameable, { minLength: 10, maxLength: 10 }))
  .map(([tree, names]) => rename(tree, (old) => names["abcdefghij".indexOf(old)]!));

/** Nets with weights, several tokens and parts that nothing joins. */
const nets: fc.Arbitrary<PetriNet> = fc.integer({ min: 1, max: 6 }).chain((places) => {
  const bag = fc.array(fc.nat(places - 1), { maxLength: 4 });
  const marking = fc
    .array(fc.nat(3), { minLength: places, maxLength: places })
    .filter((tokens) => tokens.some(Boolean));
  const transition = fc.record({ label: fc.option(nameable), inputs: bag, outputs: bag });
  return fc.record({
    places: fc.constant(places),
    transitions: fc.array(transition, { maxLength: 6 }),
    initial: marking,
    final: marking,
  });
});

const plain = (net: PetriNet) => ({
  ...net,
  transitions: net.transitions.map(({ label, inputs, outputs }) => ({
    label,
    inputs: inputs.toSorted(),
    outputs: outputs.toSorted(),
  })),
});

describe("round trips", () => {
  it("give the same net from PNML", () => {
    fc.assert(
      fc.property(fc.oneof(nets, namedTrees.map(toPetriNet)), (net) => {
        const { model, notes } = readPnml(writePnml(net));
        expect(plain(model)).toEqual(plain(net));
        expect(notes).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("give the same tree from PTML and from its notation", () => {
    fc.assert(
      fc.property(namedTrees, (tree) => {
        expect(readPtml(writePtml(tree)).model).toEqual(tree);
        expect(parseTree(printTree(tree)).model).toEqual(tree);
      }),
      { numRuns: 300 },
    );
  });
});

const refused = (read: () => unknown): ModelFileError => {
  try {
    read();
  } catch (error) {
    if (error instanceof ModelFileError) return error;
    throw error;
  }
  throw new Error("it was read");
};

describe("XML", () => {
  it("is refused where it is hostile or broken, with the line", () => {
    const entity = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n<x>&a;</x>';
    expect(refused(() => readXml(entity))).toMatchObject({ details: { line: 2 } });
    const broken: readonly [string, RegExp][] = [
      ["", /no element/],
      ["<a>\n<b></a>", /closes nothing/],
      ["<a><b>", /never closed/],
      ["<a/><b/>", /second root/],
      ["<a x='1' x='2'/>", /two attributes/],
      ["<a>&nbsp;</a>", /no character/],
      ["<a>&#0;</a>", /no character/],
      ["<a>& b</a>", /no character/],
      ["<p:a/>", /not declared/],
      ["<a b=c/>", /not well-formed/],
      ["text<a/>", /outside the root/],
      ["<a><!-- b</a>", /document type|not allowed/],
      [`${"<a>".repeat(300)}${"</a>".repeat(300)}`, /nested deeper/],
    ];
    for (const [text, message] of broken) expect(refused(() => readXml(text)).message).toMatch(message);
    expect(refused(() => readXml(new Uint8Array(33 * 2 ** 20))).message).toMatch(/larger than/);
    expect(refused(() => readXml(Uint8Array.of(0x3c, 0xff))).message).toMatch(/not written in/);
  });

  it("is read in the encoding that it declares, with namespaces, CDATA, comments and references", () => {
    const latin = Uint8Array.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><q:a xmlns:q="urn:q" n="Pr\xfcfung"/>',
      (character) => character.charCodeAt(0),
    );
    expect(readXml(latin)).toMatchObject({ name: "a", namespace: "urn:q" });
    expect(readXml(latin).attributes.get("n")).toBe("Prüfung");
    expect(readXml("\uFEFF<a>x<!-- no --><![CDATA[<&>]]>&#x41;&lt;\r\n</a>").text).toBe("x<&>A<\n");
    const utf16 = Uint8Array.of(0xff, 0xfe, 0x3c, 0, 0x61, 0, 0x2f, 0, 0x3e, 0);
    expect(readXml(utf16).name).toBe("a");
  });
});

const pnml = (body: string, type = "ptnet") =>
  `<pnml><net id="n" type="${type}"><page id="g">${body}</page></net></pnml>`;
const place = (id: string) => `<place id="${id}"/>`;
const transition = (id: string, inside = "") => `<transition id="${id}">${inside}</transition>`;
const arc = (from: string, to: string, inside = "") =>
  `<arc id="${from}-${to}" source="${from}" target="${to}">${inside}</arc>`;
const line =
  place("i") + place("o") + transition("t", "<name><text>a</text></name>") + arc("i", "t") + arc("t", "o");

describe("PNML", () => {
  it("gets the markings of a workflow net where it has none, and says so", () => {
    const { model, notes } = readPnml(pnml(line));
    expect(model).toMatchObject({ initial: [1, 0], final: [0, 1] });
    expect(notes.join(" ")).toMatch(/initial marking is not given.*“i”.*final marking is not given.*“o”/);
  });

  it("knows silent transitions by marker, by property and by having no name", () => {
    const named = (specific: string) =>
      `<name><text>x</text></name><toolspecific tool="t" ${specific}</toolspecific>`;
    const silentOnes =
      transition("a", named('activity="$invisible$">')) +
      transition("b", named('><property key="invisible">true</property>')) +
      transition("c") +
      transition("d", named('><property key="invisible">false</property>'));
    const { model } = readPnml(pnml(line + silentOnes));
    expect(model.transitions.map(({ label }) => label)).toEqual(["a", null, null, null, "x"]);
  });

  it("follows references between pages", () => {
    const body = `${place("i")}${place("o")}${transition("t")}<page id="h"><referencePlace id="r" ref="i"/>${arc("r", "t")}</page>${arc("t", "o")}`;
    expect(readPnml(pnml(body)).model.transitions[0]).toMatchObject({ inputs: [0], outputs: [1] });
  });

  it("is refused with the element's id where it makes no sense", () => {
    const wrong: readonly [string, RegExp][] = [
      ["<nope/>", /not a PNML document/],
      [pnml(line, "http://www.pnml.org/version-2009/grammar/symmetricnet"), /coloured/],
      [pnml(line + place("i")), /“i” stands twice/],
      [pnml(line + arc("i", "x")), /target “x”.*“i-x” does not exist/],
      [pnml(line + arc("i", "o")), /“i-o” does not join/],
      [pnml(line + arc("o", "t", "<arctype><text>inhibitor</text></arctype>")), /“o-t” is of type inhibitor/],
      [pnml(line + arc("o", "t", "<inscription><text>0</text></inscription>")), /weighs nothing/],
      [pnml(line + arc("o", "t", "<inscription><text>1e9</text></inscription>")), /“1e9” is not a number/],
      [pnml(line + place("j")), /no initial marking/],
      [pnml("<place/>"), /<place> has no id/],
      [
        `<pnml><net id="n">${line}<finalmarkings><marking><place idref="q"/></marking></finalmarkings></net></pnml>`,
        /“q” of the final marking/,
      ],
    ];
    for (const [text, message] of wrong) expect(refused(() => readPnml(text)).message).toMatch(message);
  });
});

describe("process trees", () => {
  it("are read from the symbols of papers, with a loop's third child after it", () => {
    expect(printTree(parseTree("→('a', ×(τ, 'b'), ↺('c', 'd', 'e'))").model)).toBe(
      "->( 'a', X( tau, 'b' ), *( 'c', 'd' ), 'e' )",
    );
  });

  it("are refused where they cannot be read", () => {
    const wrong: readonly [string, RegExp][] = [
      ["", /ends too early/],
      ["->( 'a' ", /ends too early/],
      ["->( 'a' 'b' )", /cannot be read/],
      ["'a' 'b'", /cannot be read/],
      ["*( 'a', 'b', 'c', 'd' )", /./],
      ["->()", /./],
      [`${"X(".repeat(600)}'a'${")".repeat(600)}`, /./],
    ];
    for (const [text, message] of wrong) expect(refused(() => parseTree(text)).message).toMatch(message);
  });

  it("are refused as PTML where nodes are missing, shared or of kinds that we have not", () => {
    const ptml = (body: string) => `<ptml><processTree root="r">${body}</processTree></ptml>`;
    const edge = (from: string, to: string) => `<parentsNode id="e" sourceId="${from}" targetId="${to}"/>`;
    const wrong: readonly [string, RegExp][] = [
      ["<nope/>", /not a PTML document/],
      [ptml(""), /root “r” does not exist/],
      [ptml('<sequence id="r"/>'), /“r” has no children/],
      [ptml(`<sequence id="r"/>${edge("r", "x")}`), /“x” of a <parentsNode> does not exist/],
      [ptml(`<sequence id="r"/>${edge("r", "r")}`), /two parents/],
      [ptml(`<or id="r"/><manualTask id="a" name="a"/>${edge("r", "a")}`), /“r” is a <or>/],
    ];
    for (const [text, message] of wrong) expect(refused(() => readPtml(text)).message).toMatch(message);
  });
});

describeWithShared("reference models", () => {
  const figures = JSON.parse(readFileSync(shared("models/fit.json"), "utf8")).models as Record<
    string,
    { petri_net: { places: number; transitions: number } }
  >;
  const files = readdirSync(shared("models"));

  it.each(files.filter((file) => file.endsWith(".pnml")))(
    "%s is read with all its places and transitions",
    (file) => {
      const { model } = readPnml(readFileSync(shared(`models/${file}`)));
      const { places, transitions } = figures[file]!.petri_net;
      expect([model.places, model.transitions.length]).toEqual([places, transitions]);
    },
  );

  it.each(files.filter((file) => file.endsWith(".ptml")))("%s is read", (file) => {
    expect(readPtml(readFileSync(shared(`models/${file}`))).model.kind).toBe("sequence");
  });

  it.each(readdirSync(shared("models/inductive")))("inductive/%s is read", (file) => {
    const { model } = readPnml(readFileSync(shared(`models/inductive/${file}`)));
    expect(model.transitions.length).toBeGreaterThan(0);
  });
});
