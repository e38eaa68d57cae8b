/** The wire types that web, HTTP and other clients share. */
export type {
  DecideResult,
  LogSummary,
  Mark,
  ProposalSummary,
  Reading,
  RenderedAnswer,
  Reply,
  RunResult,
  ThreadEvent,
} from "../agent/service.ts";
export type { Problem } from "../errors.ts";
export type {
  Change,
  Fact,
  Person,
  Preview,
  ProposalCard,
  Risk,
  Role,
  TableColumn,
  View,
} from "../tools/define.ts";
