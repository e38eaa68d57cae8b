import type { Point, Rectangle } from "../geometry.ts";

export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface LayoutEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** Heavier edges stay on the main path. */
  readonly weight?: number;
  /** Where it starts, from its source's top left corner, if not in the middle of the right side: a way that ends below. */
  readonly leaves?: readonly Point[];
}

export interface Layout {
  readonly bounds: ReadonlyMap<string, Rectangle>;
  /** From border to border, each segment horizontal or vertical, by edge id. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
  readonly width: number;
  readonly height: number;
}

/** Free space: between layers before tracks are added, between what lies in one layer, and between lines alone. */
export const GAPS = { x: 50, y: 50, lines: 20, track: 10, margin: 40 };
