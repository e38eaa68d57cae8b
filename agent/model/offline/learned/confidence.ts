/**
 * How sure an answer is given, from how likely it is meant. A ranker is too sure of what it has never seen the like of: it
 * is tried on utterances whose groups, and on abilities and tools of which it was told nothing at all (leave-one-group-out),
 * and its likelihoods are worth what came true there (selective classification, El-Yaniv and Wiener 2010).
 */
import type { Model } from "./model.ts";

/** From this confidence on an answer is given without a word of doubt. */
export const sureFrom = 0.7;

/** How likely a reading must be to be sure, in a language that the ranker was not tried in. */
export const sureElsewhere = 0.95;

const logOdds = (share: number): number => Math.log(share / (1 - share));

/** Odds are moved until the least likelihood that is sure in the language becomes `sureFrom`; 0 and 1 stay. */
export function confidenceIn(likelihood: number, language: string, { sure }: Pick<Model, "sure">): number {
  if (likelihood <= 0 || likelihood >= 1) return Math.min(1, Math.max(0, likelihood));
  const moved = logOdds(likelihood) - logOdds(sure[language] ?? sureElsewhere) + logOdds(sureFrom);
  return 1 / (1 + Math.exp(-moved));
}
