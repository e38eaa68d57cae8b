/** Groups that the log does not know. */
import type { Briefing } from "../../provider.ts";
import { hasSlot } from "../frame/fields.ts";
import type { Ranked } from "../frame/rank.ts";
import { type IndexedTool, toolIndex } from "../frame/tool-index.ts";
import { linksOf, type Reading, rolesAt } from "../link/reading.ts";
import type { Situation, Spoken } from "../spoken.ts";
import { lexiconOf, phrases } from "../text/lexicon.ts";
import { overlap, type Span, type Token } from "../text/utterance.ts";
import { isPostposition, phraseAt, wordingBefore } from "../text/wording.ts";
import { noAttribute } from "./telling.ts";

const ofKind =
  /^(?:types?|kinds?|art|arten|typ|typen|typu|typów|tipos?|tip[io]|soort|soorten|nature|genre)$/u;

/** "by department", "between departments": an attribute that the log does not have. */
export function unknownGrouping(
  reading: Reading,
  best: Ranked | undefined,
  briefing: Briefing,
): Spoken | null {
  if (!briefing.log || (best && !hasSlot(best.tool, "log"))) return null;
  const indexed = toolIndex(briefing.tools, reading.language).tools.find(({ tool }) => tool === best?.tool);
  const { functionStems, entries } = lexiconOf(reading.language);
  for (const role of rolesAt(reading, "group-by")) {
    const follows = isPostposition(reading.text.slice(role.start, role.end), reading.language);
    const at = follows ? role.from - 1 : role.to;
    const token = reading.tokens[at];
    if (!token || functionStems.has(token.stem) || isOfPhrase(reading, role.from, at)) continue;
    // "the deviations by type": of what is counted, where there is no choice of an attribute.
    if (best && !hasSlot(best.tool, "attribute") && ofKind.test(token.lower)) continue;
    // "by score band" names a range of what stands beside it.
    if (phraseAt(reading.tokens, at, reading.language.words.bins, reading.language) > 0) continue;
    if (reading.language.script !== null && !divides(best, token)) continue;
    if (best && !hasSlot(best.tool, "attribute") && isOfAll(reading, role)) continue;
    const other = reading.tokens[follows ? role.from : role.to - 1]!;
    if (indexed && (follows ? saysSo(indexed, token, other) : saysSo(indexed, other, token))) continue;
    if (ofClock(reading, at) && best && hasSlot(best.tool, "attribute"))
      return noAttribute(token.lower, briefing);
    if (isDivided(reading, role.from - 1) && isDoer(reading, token, briefing))
      return noAttribute(token.lower, briefing);
    const team =
      entries.get(token.stem)?.some(({ kind, value }) => kind === "concept" && value === "team") ?? false;
    const unknown = !entries.has(token.stem) && !reading.spellings.has(at);
    if ((!team && !unknown) || reading.links.some((link) => link.kind !== "unknown" && overlap(link, token)))
      continue;
    return noAttribute(token.lower, briefing);
  }
  return null;
}

/** "revenue by": a figure right before the word for grouping, and nothing that anybody did. */
const isDivided = ({ senses }: Reading, at: number): boolean =>
  senses.some(
    ({ meaning, from, to }) =>
      from <= at && at < to && meaning.kind === "concept" && meaning.value === "money",
  );

/** "by supplier", where one who works is called so: what is meant is a group, which the log does not have. */
const isDoer = (reading: Reading, token: Token, { log }: Briefing): boolean =>
  linksOf(reading, "thing").some(
    (link) =>
      link.thing.kind === "value" &&
      overlap(link, token) &&
      log?.vocabulary.attributes.some(
        ({ name, of }) => of === "event" && link.thing.kind === "value" && name === link.thing.attribute,
      ),
  );

/** "per weekday": times of the day and the week are no attribute of cases. */
const ofClock = ({ senses }: Reading, at: number): boolean =>
  senses.some(({ meaning, from }) => from === at && meaning.kind === "concept" && meaning.value === "clock");

/** "na głowie": both words are one phrase that means something else. */
const isOfPhrase = ({ senses }: Reading, one: number, other: number): boolean =>
  senses.some(
    ({ meaning, from, to }) =>
      meaning.kind === "concept" && from <= Math.min(one, other) && Math.max(one, other) < to,
  );

/** "is every question answered?": what is said of all, and no group. */
const isOfAll = (reading: Reading, { start, end }: Span): boolean =>
  phrases(reading.language.words.always).includes(reading.text.slice(start, end).toLowerCase());

/** Where words are not set apart, a single character is seldom a name, and only what tells attributes apart asks for one. */
const divides = (best: Ranked | undefined, { lower }: Token): boolean =>
  lower.length > 1 && (best === undefined || hasSlot(best.tool, "attribute"));

/** "by edit distance": the tool's own examples have it, so it is no attribute. */
const saysSo = ({ profile }: IndexedTool, before: Token, word: Token): boolean =>
  profile.has(`pair:${before.stem} ${word.stem}`);

/** "which supplier delivers late?", where somebody is called Supplier: of a kind that the log does not tell apart. */
export function unknownKind({ reading, briefing }: Situation): Spoken | null {
  const asked = linksOf(reading, "thing").find(
    (link) =>
      link.thing.kind === "value" &&
      !link.alternatives.some(({ kind }) => kind === "attribute") &&
      wordingBefore(reading, "which", link.start)?.from === 0 &&
      !caseAt(reading, link.end),
  );
  if (!asked) return null;
  const name = reading.text.slice(asked.start, asked.end);
  return noAttribute(name, briefing);
}

/** "which Germany orders …": the value tells which cases. */
const caseAt = ({ senses, tokens }: Reading, end: number): boolean => {
  const next = tokens.findIndex(({ start }) => start >= end);
  return senses.some(({ meaning, from }) => from === next && meaning.value === "case");
};
