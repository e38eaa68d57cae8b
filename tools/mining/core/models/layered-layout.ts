import type { Layout, LayoutEdge, LayoutNode } from "./layout-graph.ts";
import { layersOf } from "./layout-layers.ts";
import { orderLayers } from "./layout-order.ts";
import { routeEdges } from "./layout-routes.ts";
import { rowsOf } from "./layout-rows.ts";

/**
 * Draws any directed graph from left to right in layers (Sugiyama, Tagawa & Toda 1981): edges that close a cycle run back
 * below everything; an edge over several layers has a place of its own in each; neighbours are ordered by barycentres; the
 * heaviest way from start to end lies on one line. No two nodes overlap, and no edge passes through a node, by construction.
 * The same graph gives the same drawing. Time grows with edges × layers.
 */
export function layeredLayout(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Layout {
  if (nodes.length === 0) return { bounds: new Map(), routes: new Map(), width: 0, height: 0 };
  const layers = layersOf(nodes, edges);
  const order = orderLayers(layers);
  const rows = rowsOf(layers, order);
  return routeEdges(nodes, edges, layers, order, rows);
}
