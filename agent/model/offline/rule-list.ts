/** "Which rules are live?", "show the drafts", "who published the escalation rule?": the rules that were published here. */
import { hasSlot } from "./frame/fields.ts";
import { fill } from "./frame/slots.ts";
import { framesOf } from "./framing.ts";
import { type RuleListWords, ruleListWords } from "./languages/rule-list-words.ts";
import { ruleActions, ruleWords } from "./languages/rule-words.ts";
import { leadsQuestion } from "./link/grammar-words.ts";
import { linksOf, type Reading } from "./link/reading.ts";
import type { Plan } from "./plan.ts";
import { lexiconOf, phrases } from "./text/lexicon.ts";
import { spansOf } from "./text/patterns.ts";
import { overlap, type Span, type Token } from "./text/utterance.ts";
import { calls, type Turn } from "./turn.ts";

export interface RulesAsked {
  readonly state?: "published" | "draft" | "withdrawn";
  readonly about?: string;
}

/** As many words may name a rule. */
const mostInName = 3;
const likely = 0.95;

export function rulesListed(turn: Turn): Plan | null {
  const { reading, briefing } = turn;
  const tool = briefing.tools.find((known) => hasSlot(known, "rule-state"));
  const asked = tool && reading.document === null ? rulesAsked(reading) : null;
  if (!tool || !asked) return null;
  const filled = fill(tool, reading, briefing);
  // "the four-eyes rule" is no number of rules.
  const { limit: _limit, ...unnumbered } = filled.input;
  const input = { ...(asked.about === undefined ? filled.input : unnumbered), ...asked };
  const filling = { ...filled, input, missing: [], variants: [] };
  const frames = framesOf(turn, reading, { tool, filling, coverage: 1, likelihood: likely });
  return calls(turn, frames, { act: false });
}

export function rulesAsked(reading: Reading): RulesAsked | null {
  const words = ruleListWords[reading.language.code];
  if (words === undefined || spansOf(reading, words.other).length > 0) return null;
  const spans = spansIn(reading, words);
  const { draft, live, withdrawn, who } = spans;
  if (!leads(reading, words)) return null;
  const alone = spans.rule.length === 0 && spansOf(reading, words.drafts).length > 0;
  const left = leftOver(reading, [...Object.values(spans).flat(), ...spansOf(reading, words.lead)], words);
  if (alone) return left.length === 0 && isShown(reading) ? { state: "draft" } : null;
  if (spans.rule.length === 0) return null;
  const about = aboutOf(reading, left);
  const named = about === null ? {} : { about };
  if (left.length > mostInName || !isBeside(reading, left, spans.rule[0]!)) return null;
  if (who.length > 0) return named;
  if (withdrawn.length > 0) return { state: "withdrawn", ...named };
  if (draft.length > 0 && live.length === 0) return { state: "draft", ...named };
  if (live.length > 0) return { state: "published", ...named };
  return left.length === 0 && isPlural(reading, spans.rule[0]!) ? {} : null;
}

/** "list the rules", and not "can this be a rule?". */
const isPlural = ({ text, language }: Reading, { start, end }: Span): boolean =>
  language.script !== null || (plurals[language.code] ?? /s$/iu).test(text.slice(start, end));
const plurals: Readonly<Record<string, RegExp>> = { de: /n$/iu, it: /e$/iu, pl: /ł(?:y|ami|ach)?$/iu };

/** "four-eyes rule", "règle d'escalade": the name stands beside the word; what "effective" is said of stands further off. */
function isBeside(reading: Reading, left: readonly Token[], rule: Span): boolean {
  const { functionStems } = lexiconOf(reading.language);
  const near = (token: Token): boolean => {
    const [from, to] = token.end <= rule.start ? [token.end, rule.start] : [rule.end, token.start];
    const between = reading.tokens.filter(({ start, end }) => start >= from && end <= to);
    const after = token.start >= rule.end;
    return between.every(
      (each) => left.includes(each) || (after && functionStems.has(each.stem) && between.length <= 3),
    );
  };
  return left.length === 0 || left.some((token) => overlap(token, rule)) || left.every(near);
}

function spansIn(reading: Reading, words: RuleListWords) {
  const of = (source: string): Span[] => spansOf(reading, source);
  const compound = reading.language.separable === undefined ? words.rule : `\\p{L}*${words.rule}`;
  return {
    rule: of(compound),
    live: of(words.live),
    draft: of(words.draft),
    withdrawn: of(words.withdrawn),
    who: of(words.who),
  };
}

/** A question or a request to show: "publish the rule" and "withdraw it" are neither. */
function leads(reading: Reading, { lead }: RuleListWords): boolean {
  const first = reading.tokens[0];
  if (first === undefined) return false;
  if (reading.language.script !== null) return spansOf(reading, lead).length > 0;
  return (
    spansOf(reading, lead).some((span) => overlap(span, first)) ||
    reading.senses.some((sense) => sense.from === 0 && leadsQuestion(sense, reading.language))
  );
}

/** Drafts may be of anything: they are those of rules where nothing else is said. */
const isShown = ({ tokens }: Reading): boolean => tokens.length <= 6;

function leftOver(reading: Reading, spans: readonly Span[], { beside }: RuleListWords): Token[] {
  const { functionStems } = lexiconOf(reading.language);
  const said = [...spans, ...spansOf(reading, beside), ...linksOf(reading, "window")];
  const plain = reading.senses.filter(
    ({ meaning }) =>
      (meaning.kind === "role" && meaning.value !== "exclude") ||
      (meaning.kind === "concept" && (meaning.value === "list" || meaning.value === "count")) ||
      (meaning.kind === "statistic" && meaning.value === "count"),
  );
  return reading.tokens.filter(
    (token) => !functionStems.has(token.stem) && ![...said, ...plain].some((span) => overlap(span, token)),
  );
}

/** The action that is spoken of, in the words of rules; else the name as it was said. */
function aboutOf(reading: Reading, left: readonly Token[]): string | null {
  const { language, tokens, text } = reading;
  const own = ruleWords[language.code]?.actions;
  const spoken = language.script === null ? tokens.map(({ lower }) => lower) : [text];
  const action =
    own &&
    ruleActions.find((name) =>
      phrases(own[name]).some((phrase) =>
        spoken.some((word) =>
          language.script === null ? word.startsWith(phrase.toLowerCase()) : word.includes(phrase),
        ),
      ),
    );
  if (action && left.length <= 1 && !/^(?:auto_)?approve$/u.test(action)) return action.replaceAll("_", " ");
  if (left.length === 0 || language.script !== null) return null;
  return left.map((token) => token.text).join(" ");
}
