import { type Marking, oneToken, type PetriNet, placeNeighbours, type Transition } from "../petri-net.ts";
import { ModelFileError } from "./errors.ts";
import type { ReadModel } from "./read-model.ts";
import { childNamed, childrenNamed, escapeXml, Ids, readXml, type XmlElement } from "./xml.ts";

/** Tokens of a place, weight of an arc: more than that is a mistake, and would only fill memory. */
const MOST_TOKENS = 1000;

/**
 * Reads a place/transition net in PNML (ISO/IEC 15909-2) as ProM and PM4Py write it: silent transitions by the marker
 * `activity="$invisible$"`, by the property `invisible`, or by having no name; the final marking from `finalmarkings`.
 * Where a marking is missing it is the one of a workflow net, and a note says so. Positions, colours and stochastic
 * weights are left out. Coloured nets, inhibitor and reset arcs are refused.
 */
export function readPnml(document: string | Uint8Array): ReadModel<PetriNet> {
  const root = readXml(document);
  const nets = childrenNamed(root, "net");
  const net = nets[0];
  if (root.name !== "pnml" || net === undefined) {
    throw new ModelFileError("This is not a PNML document: there is no <pnml> with a <net>.", {
      line: root.line,
      value: root.name,
      expected: "<pnml><net>…</net></pnml>",
    });
  }
  const reader = new PnmlReader();
  if (nets.length > 1) reader.notes.push(`The first of ${nets.length} nets was read.`);
  return { model: reader.read(net), notes: reader.notes };
}

class PnmlReader {
  readonly notes: string[] = [];
  readonly #ids = new Ids();
  readonly #places = new Map<string, number>();
  readonly #transitions = new Map<string, number>();
  /** What a reference place or transition stands for. */
  readonly #references = new Map<string, string>();
  readonly #tokens: number[] = [];
  readonly #net: (Transition & { inputs: number[]; outputs: number[] })[] = [];
  readonly #arcs: XmlElement[] = [];
  #stochastic = false;

  read(element: XmlElement): PetriNet {
    const type = element.attributes.get("type") ?? "";
    if (/symmetric|highlevel|hlpn|coloured|colored/i.test(type)) {
      throw new ModelFileError("The net is coloured.", {
        line: element.line,
        value: type,
        expected: "a place/transition net",
      });
    }
    this.#collect(element);
    for (const arc of this.#arcs) this.#arc(arc);
    if (this.#stochastic) this.notes.push("Weights and distributions of transitions were left out.");
    const net = {
      places: this.#tokens.length,
      transitions: this.#net,
      initial: this.#tokens,
      final: this.#tokens,
    };
    return { ...net, initial: this.#initial(net), final: this.#final(element, net) };
  }

  #collect(container: XmlElement): void {
    for (const child of container.children) {
      if (child.name === "page") this.#collect(child);
      else if (child.name === "place") this.#place(child);
      else if (child.name === "transition") this.#transition(child);
      else if (child.name === "arc") this.#arcs.push(child);
      else if (child.name === "referencePlace" || child.name === "referenceTransition") {
        this.#references.set(this.#ids.take(child), child.attributes.get("ref") ?? "");
      }
    }
  }

  #place(element: XmlElement): void {
    this.#places.set(this.#ids.take(element), this.#tokens.length);
    this.#tokens.push(tokens(childNamed(element, "initialMarking"), 0));
  }

  #transition(element: XmlElement): void {
    const id = this.#ids.take(element);
    const specifics = childrenNamed(element, "toolspecific");
    if (specifics.some((each) => /stochastic/i.test(each.attributes.get("tool") ?? "")))
      this.#stochastic = true;
    const name = textOf(childNamed(element, "name"));
    const label = name === null || name === "" || specifics.some(isSilent) ? null : name;
    this.#transitions.set(id, this.#net.length);
    this.#net.push({ label, inputs: [], outputs: [], element: id });
  }

  #arc(element: XmlElement): void {
    const id = element.attributes.get("id") ?? "";
    const type =
      childNamed(element, "type")?.attributes.get("value") ??
      textOf(childNamed(element, "arctype"))?.trim() ??
      textOf(childNamed(element, "type"))?.trim() ??
      "normal";
    if (type !== "normal" && type !== "") {
      throw new ModelFileError(`The arc “${id}” is of type ${type}.`, {
        line: element.line,
        value: id,
        expected: "arcs that take and give tokens, without inhibitor and reset arcs",
      });
    }
    const weight = tokens(childNamed(element, "inscription"), 1);
    if (weight < 1) {
      throw new ModelFileError(`The arc “${id}” weighs nothing.`, { line: element.line, value: id });
    }
    const [source, target] = [this.#end(element, "source"), this.#end(element, "target")];
    const given = Array<number>(weight);
    if (source.place !== undefined && target.transition !== undefined) {
      this.#net[target.transition]!.inputs.push(...given.fill(source.place));
    } else if (source.transition !== undefined && target.place !== undefined) {
      this.#net[source.transition]!.outputs.push(...given.fill(target.place));
    } else {
      throw new ModelFileError(`The arc “${id}” does not join a place and a transition.`, {
        line: element.line,
        value: id,
      });
    }
  }

  #end(arc: XmlElement, side: "source" | "target"): { place?: number; transition?: number } {
    const written = arc.attributes.get(side) ?? "";
    let id = written;
    for (let hops = 0; this.#references.has(id) && hops < 100; hops++) id = this.#references.get(id)!;
    const [place, transition] = [this.#places.get(id), this.#transitions.get(id)];
    if (place !== undefined) return { place };
    if (transition !== undefined) return { transition };
    throw new ModelFileError(
      `The ${side} “${written}” of the arc “${arc.attributes.get("id") ?? ""}” does not exist.`,
      { line: arc.line, value: written, expected: "the id of a place or a transition" },
    );
  }

  #initial(net: PetriNet): Marking {
    if (net.initial.some((count) => count > 0)) return net.initial;
    return this.#onlyPlace(net, "initial", placeNeighbours(net).producers);
  }

  #final(element: XmlElement, net: PetriNet): Marking {
    const markings = childrenNamed(childNamed(element, "finalmarkings") ?? element, "marking");
    const given = markings
      .map((marking) => this.#marking(marking))
      .filter((marking) => marking.some(Boolean));
    if (given.length > 1) this.notes.push(`The first of ${given.length} final markings was taken.`);
    return given[0] ?? this.#onlyPlace(net, "final", placeNeighbours(net).consumers);
  }

  #marking(element: XmlElement): Marking {
    const marking = this.#tokens.map(() => 0);
    for (const place of childrenNamed(element, "place")) {
      const id = place.attributes.get("idref") ?? "";
      const index = this.#places.get(id);
      if (index === undefined) {
        throw new ModelFileError(`The place “${id}” of the final marking does not exist.`, {
          line: place.line,
          value: id,
        });
      }
      marking[index] = tokens(place, 0);
    }
    return marking;
  }

  /** A marking that the document does not give: one token in the place at that end of a workflow net. */
  #onlyPlace(net: PetriNet, which: "initial" | "final", beyond: readonly (readonly number[])[]): Marking {
    const candidates = beyond.flatMap((transitions, p) => (transitions.length === 0 ? [p] : []));
    if (candidates.length !== 1) {
      throw new ModelFileError(`The net has no ${which} marking.`, {
        expected: `a marking, or one place without ${which === "initial" ? "incoming" : "outgoing"} arcs`,
      });
    }
    const id = [...this.#places].find(([, index]) => index === candidates[0])![0];
    this.notes.push(`The ${which} marking is not given; it was taken to be one token in “${id}”.`);
    return oneToken(net.places, candidates[0]!);
  }
}

const isSilent = (specific: XmlElement): boolean =>
  specific.attributes.get("activity") === "$invisible$" ||
  childrenNamed(specific, "property").some(
    (property) => property.attributes.get("key") === "invisible" && property.text.trim() === "true",
  );

/** The content of the `<text>` in an element; null where either is missing. */
const textOf = (element: XmlElement | undefined): string | null =>
  (element && childNamed(element, "text"))?.text ?? null;

/** The number in `<text>`. */
function tokens(element: XmlElement | undefined, otherwise: number): number {
  const text = textOf(element)?.trim() ?? "";
  if (element === undefined || text === "") return otherwise;
  if (/^\d{1,6}$/.test(text) && Number(text) <= MOST_TOKENS) return Number(text);
  throw new ModelFileError(`“${text}” is not a number of tokens.`, {
    line: element.line,
    value: text,
    expected: `a whole number from 0 to ${MOST_TOKENS}`,
  });
}

/**
 * The net in PNML, type `ptnet`. Silent transitions get ProM's marker, the final marking its `finalmarkings`; other
 * programs pass over both. The same net gives the same bytes.
 */
export function writePnml(net: PetriNet, name = "Process"): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml">
  <net id="net" type="http://www.pnml.org/version-2009/grammar/ptnet">
    <name><text>${escapeXml(name)}</text></name>
    <page id="page">
${[...net.initial.map(placeXml), ...net.transitions.map(transitionXml), ...net.transitions.flatMap(arcsXml)].join("\n")}
    </page>
    <finalmarkings>
      <marking>
${net.final.flatMap((count, p) => (count === 0 ? [] : [`        <place idref="p${p}"><text>${count}</text></place>`])).join("\n")}
      </marking>
    </finalmarkings>
  </net>
</pnml>
`;
}

const placeXml = (count: number, p: number): string =>
  `      <place id="p${p}"><name><text>p${p}</text></name>${
    count === 0 ? "" : `<initialMarking><text>${count}</text></initialMarking>`
  }</place>`;

const transitionXml = ({ label }: Transition, t: number): string =>
  `      <transition id="t${t}"><name><text>${escapeXml(label ?? "tau")}</text></name>${
    label === null ? '<toolspecific tool="ProM" version="6.4" activity="$invisible$" />' : ""
  }</transition>`;

const arcsXml = ({ inputs, outputs }: Transition, t: number): string[] => [
  ...weights(inputs).map(([p, weight]) => arcXml(`p${p}`, `t${t}`, weight)),
  ...weights(outputs).map(([p, weight]) => arcXml(`t${t}`, `p${p}`, weight)),
];

/** How often each place stands in a list. */
function weights(places: readonly number[]): [number, number][] {
  const counts = new Map<number, number>();
  for (const p of places) counts.set(p, (counts.get(p) ?? 0) + 1);
  return [...counts];
}

const arcXml = (source: string, target: string, weight: number): string =>
  `      <arc id="${source}-${target}" source="${source}" target="${target}">${
    weight === 1 ? "" : `<inscription><text>${weight}</text></inscription>`
  }</arc>`;
