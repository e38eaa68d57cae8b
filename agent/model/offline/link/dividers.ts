/** Words that lead to what cases are divided by. */
import { phrases, type Sense } from "../text/lexicon.ts";
import type { Span, Utterance } from "../text/utterance.ts";
import { isArticle, isPostposition, wordings } from "../text/wording.ts";
import { isRole, leadsQuestion } from "./grammar-words.ts";
import type { Link, LinkOf } from "./links.ts";
import { withoutGivenUp } from "./named.ts";
import type { Dividers } from "./vocabulary/link-things.ts";

/** "which branch", "per channel", "for this branch": where a name is both, the attribute is meant rather than a value. */
export const divides = (link: LinkOf<"thing">, base: Utterance, found: readonly Sense[]): boolean => {
  const at = base.tokens.findIndex(({ start }) => start === link.start);
  const pointedAt = phrases(base.language.time.current).includes(base.tokens[at - 1]?.lower ?? "");
  return found.some(
    (sense) =>
      pointedAt ||
      (isRole(sense, "group-by") && dividesAt(sense, link, base)) ||
      wordings(base, "wise").some(({ start }) => start >= link.end && start <= link.end + 1) ||
      (sense.to === at && leadsQuestion(sense, base.language)) ||
      (base.language.script !== null && isRole(sense, "superlative") && leadsTo(sense.to, at, base)),
  );
};

/** "office against employment": what may be attributes and stands beside another one is what cases are told apart by. */
export function isCrossed(
  link: LinkOf<"thing">,
  all: readonly Link[],
  base: Utterance,
  found: readonly Sense[],
): boolean {
  const named = attributeOf(link);
  return all.some((other) => {
    if (other === link || other.kind !== "thing" || named === null) return false;
    const second = attributeOf(other);
    const [left, right] = link.start < other.start ? [link, other] : [other, link];
    const between = base.tokens.filter(({ start, end }) => start >= left.end && end <= right.start);
    const versus = found.some(
      (sense) => isRole(sense, "versus") && sense.start >= left.end && sense.end <= right.start,
    );
    return second !== null && second !== named && versus && between.length === 1;
  });
}

/** The attribute that a link is, or may be. */
const attributeOf = ({ thing, alternatives }: LinkOf<"thing">): string | null =>
  [thing, ...alternatives].find(({ kind }) => kind === "attribute")?.name ?? null;

/** "by product instead of category": the attribute that another one replaces. */
export const isGivenUpGroup = (link: Link, all: readonly Link[], base: Utterance): boolean => {
  const attributes = all.filter((other) => other.kind === "thing" && other.thing.kind === "attribute");
  return attributes.includes(link) && !withoutGivenUp(attributes, base).includes(link);
};

/** Right before it, "of" aside: "最慢的分行". */
const leadsTo = (from: number, at: number, { tokens, language }: Utterance): boolean =>
  from === at || (from === at - 1 && phrases(language.time.of).includes(tokens[from]?.lower ?? ""));

/** Tokens that an attribute to group by begins at, or ends before ("branch-wise"). */
export const dividersIn = (base: Utterance, found: readonly Sense[]): Dividers => ({
  begin: new Set(
    found
      .filter((sense) => isRole(sense, "group-by"))
      .flatMap((sense) =>
        base.tokens.flatMap(({ start }, at) => (dividesAt(sense, { start, end: start }, base) ? [at] : [])),
      ),
  ),
  end: new Set(wordings(base, "wise").map(({ from }) => from)),
});

/**
 * A word for grouping stands right before the name, or right after where the language has it so; before its article where
 * the word does nothing else ("selon le statut", and not "per la filiale", which is for one).
 */
const dividesAt = (sense: Sense, link: Span, { text, tokens, language }: Utterance): boolean => {
  const words = text.slice(sense.start, sense.end);
  if (isPostposition(words, language)) return sense.start === link.end;
  const next = tokens[sense.to];
  const only = !phrases(language.include).includes(words.toLowerCase());
  const name = only && next && isArticle(next, language) ? tokens[sense.to + 1] : next;
  return name?.start === link.start;
};

export function asAttribute(link: LinkOf<"thing">): LinkOf<"thing"> {
  const attribute = link.alternatives.find(({ kind }) => kind === "attribute");
  if (link.thing.kind !== "value" || !attribute) return link;
  return {
    ...link,
    thing: attribute,
    alternatives: link.alternatives.filter((other) => other !== attribute),
  };
}
