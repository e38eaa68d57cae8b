/** How deep JSON may be nested: what walks it afterwards does so by calling itself, and a stack ends somewhere. */
import type { MiddlewareHandler } from "hono";
import { InvalidRequestError } from "./errors.ts";
import type { Environment } from "./options.ts";

/** Nothing that a route takes is nearly as deep. */
export const deepest = 200;

const quote = 0x22;
const backslash = 0x5c;
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Whether brackets that stand in no string are nested deeper than `most`; the text need not be JSON. */
export function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) quoted = !quoted;
    else if (quoted && code === backslash) at += 1;
    else if (!quoted && closing.has(code)) depth -= 1;
    else if (!quoted && opening.has(code)) {
      depth += 1;
      if (depth > most) return true;
    }
  }
  return false;
}

/** Refuses JSON that is nested deeper than anything that makes sense. The body stays readable. */
export function shallowOnly(): MiddlewareHandler<Environment> {
  return async ({ req }, next) => {
    const isJson = /^application\/(?:[\w.+-]+\+)?json\b/i.test(req.header("content-type") ?? "");
    if (isJson && isDeeperThan(await req.text(), deepest))
      throw new InvalidRequestError(`The body is nested deeper than ${deepest} levels.`);
    await next();
  };
}
