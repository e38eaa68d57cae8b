/** "make it three", "and with 1000?", "try 30": the last call with another figure in the place of the one it had. */
import type { Input } from "./follow-up/carried.ts";
import { type Field, fieldsOf } from "./frame/fields.ts";
import type { Concept } from "./languages/language.ts";
import type { Link } from "./link/links.ts";
import type { Reading } from "./link/reading.ts";
import type { Plan } from "./plan.ts";
import { entryOf } from "./text/entry.ts";
import { lexiconOf, phrases } from "./text/lexicon.ts";
import { overlap, type Span } from "./text/utterance.ts";
import { wordCount } from "./text/wording.ts";
import { calls, direct, type Turn } from "./turn.ts";

type Unit = "number" | "seconds" | "hours" | "money" | "share";

interface Figure extends Span {
  readonly value: number;
  readonly unit: Unit;
}

/** Where a call has a figure. */
interface Place {
  readonly value: number;
  readonly unit: Unit;
  with(value: number): Input;
}

interface Asked {
  readonly tool: string;
  readonly input: Input;
  readonly supersedes: readonly string[];
}

/** Longer texts ask for something of their own. */
const longest = 6;

export function refigured(turn: Turn): Plan | null {
  const figure = onlyFigure(turn.reading);
  if (
    !figure ||
    turn.state.readings.length > 0 ||
    wordCount(turn.reading) > longest ||
    !saysNothingElse(turn.reading, figure)
  )
    return null;
  for (const { tool, input, supersedes } of askedBefore(turn)) {
    const fitting = placesIn(turn, tool, input).flatMap((place) => {
      const value = inUnitOf(place, figure);
      return value === null ? [] : [{ place, value }];
    });
    const distance = ({ place, value }: (typeof fitting)[number]): number =>
      Math.abs(Math.log(value / place.value));
    const [nearest] = fitting.sort((left, right) => distance(left) - distance(right));
    if (nearest) {
      const changed = direct({ tool, input: nearest.place.with(nearest.value) }, turn.reading.text);
      return calls(turn, [changed], { act: false, supersedes });
    }
  }
  return null;
}

/** The last call, then the last proposal of the thread that still waits. */
function askedBefore({ state, briefing }: Turn): Asked[] {
  const last = state.frames[0];
  const waiting = briefing.proposals.find(
    ({ id, state: now }) => id === state.proposals[0] && now === "pending",
  );
  return [
    ...(last ? [{ ...last, supersedes: [] }] : []),
    ...(waiting ? [{ tool: waiting.tool, input: waiting.input as Input, supersedes: [waiting.id] }] : []),
  ];
}

const units: Readonly<Partial<Record<Link["kind"], Unit>>> = {
  number: "number",
  duration: "seconds",
  money: "money",
  share: "share",
};

function onlyFigure({ links, tokens, language }: Reading): Figure | null {
  const written = links.flatMap((link): Figure[] => {
    const unit = units[link.kind];
    return unit ? [{ value: amountOf(link), unit, start: link.start, end: link.end }] : [];
  });
  const spoken = tokens.flatMap(({ lower, start, end }): Figure[] => {
    const value = entryOf(language.numbers.values, lower);
    return value === undefined || !Number.isInteger(value) ? [] : [{ value, unit: "number", start, end }];
  });
  const found = written.length > 0 ? written : spoken;
  return found.length === 1 && found[0]!.value > 0 ? found[0]! : null;
}

function amountOf(link: Link): number {
  switch (link.kind) {
    case "duration":
      return link.seconds;
    case "money":
      return link.amount;
    case "share":
      return link.share;
    default:
      return link.kind === "number" ? link.value : 0;
  }
}

/** Ideas that such a text may speak of: "make", "better", "hours". */
const colourless: ReadonlySet<Concept> = new Set([
  "draft",
  "good",
  "duration",
  "setting",
  "simulate",
  "what-if",
]);

/** "lower the limit to 300", "sube el corte a 6.000": ideas of words for a limit and for moving it. */
const ofLimits: ReadonlySet<Concept> = new Set(["up", "down", "filter", "sla", "fast", "skip", "stop"]);

/** "and two people more?", after a step that was to be faster: another change, and no other figure of that one. */
const otherChanges: ReadonlySet<string> = new Set(["add-resource", "skip", "automate", "parallel"]);

/** No name, window, measure or request stands beside it; at most one word that nobody knows ("try"). */
function saysNothingElse(reading: Reading, figure: Span): boolean {
  const isSet = isSetTo(reading, figure);
  const changes = reading.senses.some(
    ({ meaning }) => meaning.kind === "option" && otherChanges.has(meaning.value),
  );
  if (changes && !isSet) return false;
  const { functionStems } = lexiconOf(reading.language);
  const others = reading.links.filter((link) => !overlap(link, figure));
  const known = (span: Span): boolean => reading.senses.some((sense) => overlap(sense, span));
  const strange = reading.tokens.filter(
    (token) => !overlap(token, figure) && !functionStems.has(token.stem) && !known(token),
  );
  return (
    others.length === 0 &&
    strange.length <= (isSet ? 2 : 1) &&
    [...reading.concepts].every((concept) => colourless.has(concept) || (isSet && ofLimits.has(concept)))
  );
}

/** "raise the cut to 100,000", "sube el corte a 100.000": a word for where it goes to stands before the figure, at the end. */
function isSetTo({ tokens, language }: Reading, figure: Span): boolean {
  const before = tokens.findLast(({ end }) => end <= figure.start);
  const { to, until, in: into } = language.time;
  const leads = [to, until, into].some((list) => phrases(list).includes(before?.lower ?? ""));
  return leads && tokens.every(({ end }) => end <= figure.end);
}

/** The figure as the place has it: a bare one is meant in the place's own unit. */
function inUnitOf(place: Place, { value, unit }: Figure): number | null {
  if (place.unit === unit) return value;
  if (place.unit === "hours") return unit === "number" ? value : unit === "seconds" ? value / 3600 : null;
  if (place.unit === "number") return unit === "money" ? value : null;
  if (unit !== "number") return null;
  if (place.unit === "seconds") return value * (place.value % 86_400 === 0 ? 86_400 : 3600);
  return place.unit === "money" ? value : null;
}

function placesIn({ briefing }: Turn, name: string, input: Input): Place[] {
  const tool = briefing.tools.find((known) => known.name === name);
  if (!tool) return [];
  return fieldsOf(tool).flatMap((field) =>
    placesOf(field, input[field.name], (value) => ({ ...input, [field.name]: value })),
  );
}

const unitsOfSlots: Readonly<Partial<Record<NonNullable<Field["slot"]>, Unit>>> = {
  threshold: "seconds",
  hours: "hours",
  money: "money",
  share: "share",
  limit: "number",
};

function placesOf({ slot }: Field, value: unknown, put: (value: unknown) => Input): Place[] {
  if (typeof value === "number")
    return [{ value, unit: (slot && unitsOfSlots[slot]) ?? "number", with: put }];
  if (slot === "change") return placesWithin(value, put);
  if (slot === "filters" && Array.isArray(value))
    return value.flatMap((filter, at) => placesWithin(filter, (changed) => put(value.with(at, changed))));
  if (slot === "rule-words" && typeof value === "string") return placesInWords(value, put);
  return [];
}

/** Figures of an object's own fields. */
function placesWithin(value: unknown, put: (value: unknown) => Input): Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, own]): Place[] =>
    typeof own === "number"
      ? [
          {
            value: own,
            unit: name === "seconds" ? "seconds" : "number",
            with: (changed) => put({ ...value, [name]: changed }),
          },
        ]
      : [],
  );
}

/** The one figure of a rule in words. */
function placesInWords(words: string, put: (value: unknown) => Input): Place[] {
  const found = [...words.matchAll(/(?<![\p{L}\p{N}.,])\d+(?:\.\d+)?(?![\p{L}\p{N}]|[.,]\d)/gu)];
  if (found.length !== 1) return [];
  const { index, 0: figure } = found[0]!;
  return [
    {
      value: Number(figure),
      unit: "number",
      with: (changed) => put(`${words.slice(0, index)}${changed}${words.slice(index + figure.length)}`),
    },
  ];
}
