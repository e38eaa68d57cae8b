import type { Variants } from "../variants.ts";
import { dependencyGraph } from "./dependency-graph.ts";
import { waysThrough } from "./edge-filter.ts";
import { type GatewayModel, gatewayModel } from "./gateway-model.ts";

/**
 * The directly-follows graph read as a model (Leemans, Poppe & Wynn, "Directly follows-based process mining: exploration and
 * a case study", ICPM 2019): every activity once, exclusive gateways only. The most frequent edges that together make up
 * `share` of all steps stay, and those without which an activity would not lie on a way from start to end. Sound by
 * construction: one token, and every place is on a way to the end. O(activities³).
 */
export function directlyFollowsModel(variants: Variants, share: number): GatewayModel {
  const graph = dependencyGraph(variants);
  const kept = waysThrough(graph, graph.weight);
  const edges = Array.from(graph.weight.keys()).filter((edge) => graph.weight[edge]! > 0);
  edges.sort((e, f) => graph.weight[f]! - graph.weight[e]! || e - f);
  const enough = share * edges.reduce((sum, edge) => sum + graph.weight[edge]!, 0);
  let covered = 0;
  for (const edge of edges) {
    if (covered >= enough) break;
    covered += graph.weight[edge]!;
    kept.add(edge);
  }
  const weight = graph.weight.map((frequency, edge) => (kept.has(edge) ? frequency : 0));
  return gatewayModel(graph, weight, () => false);
}
