/** "where do orders get stuck, and why?": a question, and what lies behind its answer. */
import type { Briefing } from "../provider.ts";
import { carry } from "./follow-up/carried.ts";
import { fieldsOf } from "./frame/fields.ts";
import { type Ranked, rank } from "./frame/rank.ts";
import { framesOf } from "./framing.ts";
import { read } from "./link/read.ts";
import { type Reading, rolesAt } from "./link/reading.ts";
import { wordsBeside } from "./link/words-beside.ts";
import type { Frame } from "./plan.ts";
import { translate } from "./translate.ts";
import type { Turn } from "./turn.ts";

/** The question before it must be understood this surely by itself. */
const sure = 0.4;
const behind = "why are some cases slow?";

/** The frames of both; null where the text does not end with a bare "why". */
export function andWhy(turn: Turn): readonly Frame[] | null {
  const { reading, briefing } = turn;
  const head = beforeWhy(reading, briefing);
  const asked = head && askedIn(head, briefing);
  const cause = asked && causeBehind(asked, reading, briefing);
  if (!asked || !cause) return null;
  const frames = framesOf(turn, head, asked);
  const [why] = framesOf(turn, head, cause);
  return [...frames, { ...why!, awaits: stepThat(asked, cause, briefing) }];
}

/** What is said before the last clause, where that is nothing but "why". */
function beforeWhy(reading: Reading, briefing: Briefing): Reading | null {
  const { text, language } = reading;
  if (!reading.moves.has("why")) return null;
  const joints = [
    ...rolesAt(reading, "conjunction").map(({ start }) => start),
    ...[...text.matchAll(/[.;?!,。？！、，]\s*/gu)].map(({ index, 0: { length } }) => index + length),
  ];
  for (const cut of joints.sort((left, right) => left - right)) {
    const tail = read(text.slice(cut), language, briefing);
    if (cut === 0 || !tail.moves.has("why") || wordsBeside(tail, ["why", "addition"]) > 0) continue;
    return read(text.slice(0, cut).replace(/[\s,;.?!。？！、，]+$/u, ""), language, briefing);
  }
  return null;
}

function askedIn(head: Reading, briefing: Briefing): Ranked | null {
  const [best] = rank(head, briefing);
  const clear = best && best.likelihood >= sure && best.filling.missing.length === 0;
  return clear && best.tool.risk === "read" ? best : null;
}

/** The tool that says why, about the same cases and the same measure; null where that is what was asked already. */
function causeBehind(asked: Ranked, { language }: Reading, briefing: Briefing): Ranked | null {
  const [why] = rank(read(translate(behind, language.code), language, briefing), briefing);
  if (!why || why.tool === asked.tool) return null;
  const input = carry(why.tool, {}, asked.filling.input);
  return { ...why, likelihood: asked.likelihood, filling: { ...why.filling, input } };
}

/** The field for the step that the first answer finds, where none was named and the answer is about steps. */
function stepThat(asked: Ranked, cause: Ranked, briefing: Briefing): string | null {
  const field = fieldsOf(cause.tool).find(({ slot }) => slot === "activity");
  const measured = fieldsOf(asked.tool).some(({ slot }) => slot === "metric");
  if (!field || measured || field.name in cause.filling.input || !briefing.log) return null;
  return field.name;
}
