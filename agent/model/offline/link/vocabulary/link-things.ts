/** Names of the log in a text. */
import { lexiconOf } from "../../text/lexicon.ts";
import { inside, type Utterance } from "../../text/utterance.ts";
import type { Link, LinkOf, Thing } from "../links.ts";
import { compact, type VocabularyIndex } from "./index.ts";
import { type Candidate, match, same } from "./match.ts";
import { type Familiarity, fuzziness, nearStems } from "./near-stems.ts";
import { nearest } from "./nearest.ts";

/** Where an attribute to group by may stand: tokens that it begins at, or that it ends before. */
export interface Dividers {
  readonly begin: ReadonlySet<number>;
  readonly end: ReadonlySet<number>;
}

/** "tickets per customer": the attribute that is called so, rather than a step with the word in its name. */
const divides = (
  { entry, from, to, score }: Candidate,
  index: VocabularyIndex,
  { begin, end }: Dividers,
): boolean =>
  index.entries[entry]!.thing.kind === "attribute" && score > 0.7 && (begin.has(from) || end.has(to));

const divided = 0.3;

/**
 * Names of the log in the text. `known` says whether a word has a meaning of its own in the language: then
 * it is neither misspelt nor enough by itself to stand for a longer name.
 */
export function linkThings(
  utterance: Utterance,
  index: VocabularyIndex,
  known: (token: number) => Familiarity,
  dividers: Dividers = { begin: new Set(), end: new Set() },
): Link[] {
  const candidates = utterance.tokens
    .flatMap((_, at) => candidatesAt(utterance, index, at, known))
    .map((candidate) =>
      divides(candidate, index, dividers) ? { ...candidate, score: candidate.score + divided } : candidate,
    );
  const links = choose(candidates, utterance, index);
  return [...links, ...unknownQuotes(utterance, index, links)];
}

function candidatesAt(
  utterance: Utterance,
  index: VocabularyIndex,
  at: number,
  known: (token: number) => Familiarity,
): Candidate[] {
  const token = utterance.tokens[at]!;
  const functionWord = lexiconOf(utterance.language).functionStems.has(token.stem);
  const near = nearStems(token, index, functionWord ? "exact" : fuzziness(known(at)));
  const entries = new Set(near.flatMap(([word]) => index.byStem.get(word) ?? []));
  const found: Candidate[] = [];
  for (const position of entries) {
    const candidate = match(utterance.tokens, index, position, at, known, utterance.language);
    if (candidate) found.push(candidate);
  }
  return found;
}

const rank = (candidate: Candidate, index: VocabularyIndex): number => {
  const { thing } = index.entries[candidate.entry]!;
  const preference = { activity: 0.02, value: 0.01, attribute: 0 }[thing.kind];
  const length = 0.001 * (candidate.to - candidate.from) - 0.045 * candidate.apart;
  return candidate.score + preference + length + 0.05 * Math.max(1, candidate.meaningful);
};

/** Longer and surer first; what overlaps with the same span and nearly the same score becomes an alternative. */
function choose(
  candidates: readonly Candidate[],
  utterance: Utterance,
  index: VocabularyIndex,
): LinkOf<"thing">[] {
  const ordered = [...candidates].sort((left, right) => rank(right, index) - rank(left, index));
  const taken: { candidate: Candidate; link: LinkOf<"thing">; alternatives: Thing[] }[] = [];
  for (const candidate of ordered) {
    const { thing } = index.entries[candidate.entry]!;
    const rival = taken.find(
      ({ candidate: other }) => other.from < candidate.to && candidate.from < other.to,
    );
    if (rival) {
      const close = rank(rival.candidate, index) - rank(candidate, index) < 0.1;
      if (close && rival.candidate.from === candidate.from && !same(rival.link.thing, thing)) {
        rival.alternatives.push(thing);
      }
      continue;
    }
    const alternatives: Thing[] = [];
    const [start, end] = [utterance.tokens[candidate.from]!.start, utterance.tokens[candidate.to - 1]!.end];
    const link = {
      kind: "thing" as const,
      thing,
      alternatives,
      start,
      end,
      score: Math.min(1, candidate.score),
    };
    taken.push({ candidate, link, alternatives });
  }
  return taken.map(({ link }) => link);
}

/** A quoted name that the log does not have, with the nearest that it has. */
function unknownQuotes(
  utterance: Utterance,
  index: VocabularyIndex,
  links: readonly LinkOf<"thing">[],
): LinkOf<"unknown">[] {
  return utterance.quotes.flatMap((quote) => {
    const text = utterance.text.slice(quote.start, quote.end);
    const exact = index.byName.has(compact(text));
    const linked = links.some((link) => inside(link, quote) && link.score > 0.75);
    if (exact || linked || text.split(" ").length > 4 || /[:,;]/u.test(text)) return [];
    return [{ kind: "unknown" as const, text, near: nearest(text, index), ...quote, score: 1 }];
  });
}
