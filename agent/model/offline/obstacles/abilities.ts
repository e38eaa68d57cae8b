/** What no tool can do. */
import type { Briefing } from "../../provider.ts";
import type { Ranked } from "../frame/rank.ts";
import { type IndexedTool, toolIndex } from "../frame/tool-index.ts";
import type { Concept } from "../languages/language.ts";
import { departmentNames } from "../languages/log-words.ts";
import type { Reading } from "../link/reading.ts";
import type { Spoken } from "../spoken.ts";
import { says } from "../text/wording.ts";
import { cannot, columns, line, speaksOf } from "./telling.ts";

/** Ideas that need a tool of their own, and what they are called. */
const abilities: Readonly<Partial<Record<Concept, string>>> = {
  predict: "predict single cases",
  evaluate: "run or report evaluations",
  memory: "recall earlier conversations",
  delegate: "delegate approvals",
  credential: "manage credentials",
  backup: "make or restore backups",
  "personal-data": "export or erase a person's data",
  handover: "show handovers between people or departments",
  export: "export files",
  "model-file": "export models",
  conformance: "compare with a reference model",
  standing: "set up standing approvals",
  contradict: "check rules against each other",
  spending: "report what a language model has cost",
};

/** People are told apart by their work, not by an organisation chart that the log does not have. */
function unknownDepartments(reading: Reading, briefing: Briefing): Spoken | null {
  if (!reading.concepts.has("handover") || !says(reading, "departments")) return null;
  const known = briefing.log?.vocabulary.attributes.some(({ name }) => departmentNames.test(name));
  if (known) return null;
  const ability = line("I cannot {ability} yet.", { ability: "show handovers between departments" });
  return cannot(ability, columns(briefing), "show handovers between roles");
}

/** A tool that is this likely can, whatever single words say. */
const surelyCan = 0.7;

export function missingAbility(
  reading: Reading,
  best: Ranked | undefined,
  briefing: Briefing,
): Spoken | null {
  const departments = unknownDepartments(reading, briefing);
  if (departments !== null) return departments;
  if (best && best.likelihood >= surelyCan) return null;
  const { tools } = toolIndex(briefing.tools, reading.language);
  for (const [concept, ability] of Object.entries(abilities)) {
    if (!reading.concepts.has(concept as Concept)) continue;
    if (tools.some((tool) => speaksOf(tool, concept) || isSaidFor(tool, concept, best))) continue;
    const notes = concept === "handover" ? columns(briefing) : [];
    return cannot(line("I cannot {ability} yet.", { ability }), notes, "what can you do?");
  }
  return null;
}

/** A read's examples say nearly all that was said, the idea too: "is the invoice always approved before payment?". */
const isSaidFor = ({ tool, profile }: IndexedTool, concept: string, best: Ranked | undefined): boolean =>
  tool === best?.tool && tool.risk === "read" && best.coverage > 0.9 && profile.has(`concept:${concept}`);
