// biome-ignore-all assist/source/organizeImports: sorted by the generator
/** Generated from the folders by tools/generate-index.ts. Tools load what is heavy only when they run. */
import type { Tool } from "./define.ts";
import approvalsExplain from "./approvals/explain.tool.ts";
import approvalsList from "./approvals/list.tool.ts";
import approvalsPolicy from "./approvals/policy.tool.ts";
import auditCost from "./audit/cost.tool.ts";
import auditLedger from "./audit/ledger.tool.ts";
import auditTrace from "./audit/trace.tool.ts";
import connectorsCallIrreversible from "./connectors/call-irreversible.tool.ts";
import connectorsCall from "./connectors/call.tool.ts";
import connectorsFailures from "./connectors/failures.tool.ts";
import connectorsImport from "./connectors/import.tool.ts";
import connectorsList from "./connectors/list.tool.ts";
import connectorsRead from "./connectors/read.tool.ts";
import evalsReport from "./evals/report.tool.ts";
import evalsRun from "./evals/run.tool.ts";
import evalsSave from "./evals/save.tool.ts";
import healthCheck from "./health/check.tool.ts";
import kpiList from "./kpi/list.tool.ts";
import kpiPromiseCheck from "./kpi/promise-check.tool.ts";
import kpiQuery from "./kpi/query.tool.ts";
import kpiUnwatch from "./kpi/unwatch.tool.ts";
import kpiWatch from "./kpi/watch.tool.ts";
import logsExport from "./logs/export.tool.ts";
import logsFilter from "./logs/filter.tool.ts";
import logsImpute from "./logs/impute.tool.ts";
import logsList from "./logs/list.tool.ts";
import logsProfile from "./logs/profile.tool.ts";
import logsQuality from "./logs/quality.tool.ts";
import memoryDefine from "./memory/define.tool.ts";
import memoryForget from "./memory/forget.tool.ts";
import memoryList from "./memory/list.tool.ts";
import memoryRecall from "./memory/recall.tool.ts";
import memoryRemember from "./memory/remember.tool.ts";
import memoryShare from "./memory/share.tool.ts";
import memoryUnshare from "./memory/unshare.tool.ts";
import miningActivities from "./mining/activities.tool.ts";
import miningBetween from "./mining/between.tool.ts";
import miningBottlenecks from "./mining/bottlenecks.tool.ts";
import miningCases from "./mining/cases.tool.ts";
import miningClusters from "./mining/clusters.tool.ts";
import miningCompare from "./mining/compare.tool.ts";
import miningConformance from "./mining/conformance.tool.ts";
import miningConstraints from "./mining/constraints.tool.ts";
import miningDeviating from "./mining/deviating.tool.ts";
import miningDiscover from "./mining/discover.tool.ts";
import miningDottedChart from "./mining/dotted-chart.tool.ts";
import miningDrift from "./mining/drift.tool.ts";
import miningExportModel from "./mining/export-model.tool.ts";
import miningFourEyes from "./mining/four-eyes.tool.ts";
import miningOrganization from "./mining/organization.tool.ts";
import miningRework from "./mining/rework.tool.ts";
import miningRootCause from "./mining/root-cause.tool.ts";
import miningRulesCheck from "./mining/rules-check.tool.ts";
import miningVariants from "./mining/variants.tool.ts";
import miningWaitingHours from "./mining/waiting-hours.tool.ts";
import miningWaitingKinds from "./mining/waiting-kinds.tool.ts";
import miningWorkload from "./mining/workload.tool.ts";
import optimizationOptimize from "./optimization/optimize.tool.ts";
import optimizationWhatIf from "./optimization/what-if.tool.ts";
import rulesDraft from "./rules/draft.tool.ts";
import rulesList from "./rules/list.tool.ts";
import rulesPublish from "./rules/publish.tool.ts";
import rulesSimulate from "./rules/simulate.tool.ts";
import rulesWithdraw from "./rules/withdraw.tool.ts";
import { named } from "./registry.ts";

export const tools: readonly Tool[] = [
  named("approvals.explain", approvalsExplain),
  named("approvals.list", approvalsList),
  named("approvals.policy", approvalsPolicy),
  named("audit.cost", auditCost),
  named("audit.ledger", auditLedger),
  named("audit.trace", auditTrace),
  named("connectors.call", connectorsCall),
  named("connectors.call-irreversible", connectorsCallIrreversible),
  named("connectors.failures", connectorsFailures),
  named("connectors.import", connectorsImport),
  named("connectors.list", connectorsList),
  named("connectors.read", connectorsRead),
  named("evals.report", evalsReport),
  named("evals.run", evalsRun),
  named("evals.save", evalsSave),
  named("health.check", healthCheck),
  named("kpi.list", kpiList),
  named("kpi.promise-check", kpiPromiseCheck),
  named("kpi.query", kpiQuery),
  named("kpi.unwatch", kpiUnwatch),
  named("kpi.watch", kpiWatch),
  named("logs.export", logsExport),
  named("logs.filter", logsFilter),
  named("logs.impute", logsImpute),
  named("logs.list", logsList),
  named("logs.profile", logsProfile),
  named("logs.quality", logsQuality),
  named("memory.define", memoryDefine),
  named("memory.forget", memoryForget),
  named("memory.list", memoryList),
  named("memory.recall", memoryRecall),
  named("memory.remember", memoryRemember),
  named("memory.share", memoryShare),
  named("memory.unshare", memoryUnshare),
  named("mining.activities", miningActivities),
  named("mining.between", miningBetween),
  named("mining.bottlenecks", miningBottlenecks),
  named("mining.cases", miningCases),
  named("mining.clusters", miningClusters),
  named("mining.compare", miningCompare),
  named("mining.conformance", miningConformance),
  named("mining.constraints", miningConstraints),
  named("mining.deviating", miningDeviating),
  named("mining.discover", miningDiscover),
  named("mining.dotted-chart", miningDottedChart),
  named("mining.drift", miningDrift),
  named("mining.export-model", miningExportModel),
  named("mining.four-eyes", miningFourEyes),
  named("mining.organization", miningOrganization),
  named("mining.rework", miningRework),
  named("mining.root-cause", miningRootCause),
  named("mining.rules-check", miningRulesCheck),
  named("mining.variants", miningVariants),
  named("mining.waiting-hours", miningWaitingHours),
  named("mining.waiting-kinds", miningWaitingKinds),
  named("mining.workload", miningWorkload),
  named("optimization.optimize", optimizationOptimize),
  named("optimization.what-if", optimizationWhatIf),
  named("rules.draft", rulesDraft),
  named("rules.list", rulesList),
  named("rules.publish", rulesPublish),
  named("rules.simulate", rulesSimulate),
  named("rules.withdraw", rulesWithdraw),
];
