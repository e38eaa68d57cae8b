/** Generated from the folders by tools/generate-index.ts. Tools load what is heavy only when they run. */
import type { Tool } from "./define.ts";
import connectorsCallIrreversible from "./connectors/call-irreversible.tool.ts";
import connectorsCall from "./connectors/call.tool.ts";
import connectorsFailures from "./connectors/failures.tool.ts";
import connectorsImport from "./connectors/import.tool.ts";
import connectorsList from "./connectors/list.tool.ts";
import connectorsRead from "./connectors/read.tool.ts";
import kpiList from "./kpi/list.tool.ts";
import kpiPromiseCheck from "./kpi/promise-check.tool.ts";
import kpiQuery from "./kpi/query.tool.ts";
import kpiUnwatch from "./kpi/unwatch.tool.ts";
import kpiWatch from "./kpi/watch.tool.ts";
import miningBottlenecks from "./mining/bottlenecks.tool.ts";
import miningDiscover from "./mining/discover.tool.ts";
import miningVariants from "./mining/variants.tool.ts";
import { named } from "./registry.ts";

export const tools: readonly Tool[] = [
  named("connectors.call", connectorsCall),
  named("connectors.call-irreversible", connectorsCallIrreversible),
  named("connectors.failures", connectorsFailures),
  named("connectors.import", connectorsImport),
  named("connectors.list", connectorsList),
  named("connectors.read", connectorsRead),
  named("kpi.list", kpiList),
  named("kpi.promise-check", kpiPromiseCheck),
  named("kpi.query", kpiQuery),
  named("kpi.unwatch", kpiUnwatch),
  named("kpi.watch", kpiWatch),
  named("mining.bottlenecks", miningBottlenecks),
  named("mining.discover", miningDiscover),
  named("mining.variants", miningVariants),
];
