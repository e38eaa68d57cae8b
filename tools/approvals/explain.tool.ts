import { z } from "zod";
import { type Fact, type Message, readTool, type ToolContext, type View } from "../define.ts";
import { proposal } from "../inputs.ts";
import {
  approversOf,
  type DecisionRow,
  decisionsOn,
  findProposal,
  type ProposalRow,
  previewOf,
} from "./read-proposals.ts";

const Input = z.object({ proposal });

export default readTool({
  name: "approvals.explain",
  version: 1,
  description:
    "One proposal in full: what it would do and why, before and after, what and who is affected and how much money, its " +
    "risks, whether it can be undone, what happens when only part of it succeeds, who asked, who may still decide, when " +
    "it lapses, and what has been decided.",
  examples: {
    en: [
      "show me before and after",
      "explain this proposal",
      "who asked for this and why?",
      "which orders are affected and how much money?",
      "can it be undone later?",
      "who else has to approve?",
      "when does the proposal lapse?",
      "and if only half of it succeeds?",
      "what would change exactly?",
      "what are the risks of the second one?",
      "why does this need my approval?",
      "is it approved already?",
      "what is the blast radius?",
    ],
    de: [
      "zeig mir vorher und nachher",
      "wer hat das beantragt und warum?",
      "welche Aufträge sind betroffen?",
      "kann man das rückgängig machen?",
      "wer muss noch zustimmen?",
    ],
  },
  input: Input,
  async execute(input, context) {
    const row = await findProposal(context, input.proposal);
    const [approvers, decided] = await Promise.all([approversOf(context, row), decisionsOn(context, row.id)]);
    const facts = factsOf(row, context);
    const { changes } = previewOf(row);
    return {
      data: {
        id: row.id,
        state: row.state,
        tool: row.tool,
        input: row.input,
        preview: row.preview,
        approvers,
        decisions: decided,
      },
      facts: [...facts, ...previewOf(row).facts],
      views: changes.length > 0 ? [{ kind: "diff", title: "Before and after", changes } satisfies View] : [],
      answer: {
        headline: {
          text: "{summary} It is {state}.",
          values: { summary: sentence(row.summary), state: stateWords[row.state] ?? row.state },
        },
        figures: facts,
        notes: [...notesOf(row), ...peopleOf(row, approvers), ...decided.map(told)],
        assumptions: [lapses(row, context.zone)],
      },
    };
  },
});

const sentence = (text: string): string => (/[.!?]$/u.test(text) ? text : `${text}.`);

const stateWords: Readonly<Record<string, string>> = {
  pending: "waiting for a decision",
  approved: "approved and about to be carried out",
  executing: "being carried out",
  executed: "approved and carried out",
  failed: "approved, but carrying it out failed",
  "in-doubt": "in doubt: the other system has not said whether it happened",
  rejected: "rejected",
  expired: "lapsed without a decision",
  superseded: "replaced or withdrawn",
  undone: "carried out and taken back",
};

/** How much it touches, and the money in it. */
function factsOf(row: ProposalRow, context: ToolContext): Fact[] {
  const { affected, money } = previewOf(row);
  const call = { tool: "approvals.explain", input: { proposal: row.id } };
  const made = [
    {
      value: affected.count,
      unit: affected.unit,
      label: "affected",
      rows: affected.count,
      call,
    },
    ...(money
      ? [{ value: money.amount, unit: money.currency, label: "money at stake", rows: affected.count, call }]
      : []),
  ];
  return made.map((draft) => context.fact(draft));
}

function notesOf(row: ProposalRow): Message[] {
  const { why, undo, risks, affected } = previewOf(row);
  return [
    ...(why === "" ? [] : [{ text: "Why: {why}", values: { why } }]),
    ...(affected.examples.length > 0
      ? [
          {
            text: "Among those affected: {examples}",
            values: { examples: affected.examples.slice(0, 5).join(", ") },
          },
        ]
      : []),
    ...risks.map((risk) => ({ text: "Risk: {risk}", values: { risk } })),
    undo.possible
      ? { text: "It can be undone: {how}", values: { how: undo.how } }
      : { text: "It cannot be undone: {how}", values: { how: undo.how } },
    {
      text: "If it fails or stops half-way, what was done stays recorded with its receipt, nothing is repeated blindly, and the proposal says so.",
    },
  ];
}

function peopleOf(row: ProposalRow, approvers: readonly string[]): Message[] {
  return [
    { text: "Asked for by {requester}.", values: { requester: row.requester } },
    { text: "{policy}", values: { policy: row.policy } },
    {
      text: "Those who may decide: {approvers}.",
      values: { approvers: approvers.join(", ") || "nobody at present" },
    },
  ];
}

const told = ({ person, verdict, reason }: DecisionRow): Message => ({
  text: reason ? "{person}: {verdict} ({reason})" : "{person}: {verdict}",
  values: { person, verdict, ...(reason ? { reason } : {}) },
});

function lapses(row: ProposalRow, zone: string): Message {
  const write = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: zone });
  return {
    text: "Proposal {id}; it lapses on {when} ({zone}).",
    values: { id: row.id, when: write.format(row.expiresAt), zone },
  };
}
