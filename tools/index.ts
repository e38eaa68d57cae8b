/** Generated from the folders by tools/generate-index.ts. Tools load what is heavy only when they run. */
import type { Tool } from "./define.ts";

export const tools: readonly Tool[] = [];
