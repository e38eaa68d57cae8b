import type { z } from "@hono/zod-openapi";

/**
 * A field that may be missing. What the OpenAPI document is made with takes zod's own `exactOptional` for required,
 * because it refuses `undefined`; JSON has none, so that both read the same bodies.
 */
export const optional = <Schema extends z.ZodType>(schema: Schema): z.ZodExactOptional<Schema> =>
  schema.optional() as unknown as z.ZodExactOptional<Schema>;
