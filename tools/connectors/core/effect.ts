import type { Effect, Operation } from "./operation.ts";

interface Guess {
  readonly effect: Effect;
  readonly reason: string;
}

const safeMethods = new Set(["get", "head", "options", "trace"]);
/** Words in an operation's name that say it does something although its method is safe. */
const doing =
  /(^|[^a-z])(delete|remove|send|trigger|execute|run|start|stop|cancel|approve|reset|purge|logout|activate)([^a-z]|$)/;
/** Words for effects that cannot be taken back by another call. */
const final =
  /(^|[^a-z])(pay|payment|refund|transfer|charge|payout|capture|send|email|sms|publish|purge|destroy|erase|terminate|wire)([^a-z]|$)/;

const words = (text: string): string =>
  text
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[_\-/.]+/g, " ")
    .toLowerCase();

/**
 * Guesses what calling an operation does. In doubt the guess is the more careful one: an unclear operation is gated,
 * and gating a read costs a click while not gating a write costs trust.
 */
export function guessEffect(operation: Pick<Operation, "method" | "id" | "path" | "summary">): Guess {
  const method = operation.method.toUpperCase();
  const name = words(`${operation.id} ${operation.path.split("/").at(-1) ?? ""}`);
  if (safeMethods.has(operation.method)) {
    const verb = doing.exec(name)?.[2];
    return verb
      ? { effect: "write", reason: `${method} should only read, but its name says "${verb}": gated` }
      : { effect: "read", reason: `${method} is safe (RFC 9110, 9.2.1)` };
  }
  if (operation.method === "delete")
    return { effect: "irreversible", reason: "DELETE: what it removes may not come back" };
  const verb = final.exec(name)?.[2];
  if (verb)
    return {
      effect: "irreversible",
      reason: `${method} named "${verb}": cannot be taken back by another call`,
    };
  return { effect: "write", reason: `${method} changes something, as far as its method says` };
}
