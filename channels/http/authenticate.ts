/**
 * Who calls: a bearer token, this start's local secret with a person's name (the command line of the same OS user), or
 * the session cookie. A credential that is wrong is refused, never treated as absent.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { parse } from "hono/utils/cookie";
import type { AgentService } from "../../agent/service.ts";
import type { Person } from "../contract.ts";
import { CredentialRefusedError, SignInRequiredError, UnknownPersonError } from "./errors.ts";
import type { Caller, Environment, HttpContext, HttpOptions } from "./options.ts";
import { createSessions, type Sessions } from "./sessions.ts";

export const sessionCookie = "millwright-session";
/** Names the person that the holder of the local secret speaks for. */
export const personHeader = "Millwright-Person";

/** Tells who sends a request; the HTTP channel and the web chat share one. */
export interface Callers {
  readonly sessions: Sessions;
  /** Who calls; a viewer (`person` null) when there is no credential. Throws when the credential is wrong. */
  identify(request: Request): Promise<Caller>;
  /** `identify`, refusing those without a credential where one is needed. */
  speaker(request: Request): Promise<Caller>;
}

export function createCallers(
  service: AgentService,
  options: Pick<HttpOptions, "tenant" | "local" | "secret">,
): Callers {
  const sessions = createSessions();
  const identify = async (request: Request): Promise<Caller> => {
    const person = await personOf(request, service, options, sessions);
    return { person, tenant: person?.tenant ?? options.tenant };
  };
  return {
    sessions,
    identify,
    async speaker(request) {
      const caller = await identify(request);
      const viewer = options.local && !isProxied(request);
      if (!caller.person && !viewer && !isLocalCommand(request)) throw new SignInRequiredError();
      return caller;
    },
  };
}

/** Puts the caller into the context, known or not. */
export function identified(callers: Callers): MiddlewareHandler<Environment> {
  return async (context, next) => {
    context.set("caller", await callers.identify(context.req.raw));
    context.set("sameUser", isLocalCommand(context.req.raw));
    await next();
  };
}

/** Puts the caller into the context and refuses whoever has no credential where one is needed. */
export function admitted(callers: Callers): MiddlewareHandler<Environment> {
  return async (context, next) => {
    context.set("caller", await callers.speaker(context.req.raw));
    context.set("sameUser", isLocalCommand(context.req.raw));
    await next();
  };
}

/** After it was identified: whether the request holds this start's secret, and so comes from the server's OS user. */
const isLocalCommand = (request: Request): boolean =>
  /^local /i.test(request.headers.get("authorization") ?? "");

/** The person, or the error that says a name is needed. */
export function signedIn(context: HttpContext): Person {
  const { person } = context.var.caller;
  if (!person) throw new SignInRequiredError();
  return person;
}

type Known = Pick<HttpOptions, "tenant" | "secret">;

async function personOf(
  request: Request,
  service: AgentService,
  known: Known,
  sessions: Sessions,
): Promise<Person | null> {
  const header = request.headers.get("authorization");
  if (header !== null) return byHeader(header, request.headers.get(personHeader), service, known);
  const session = parse(request.headers.get("cookie") ?? "", sessionCookie)[sessionCookie];
  const person = session === undefined ? null : sessions.person(session);
  return person === null ? null : service.identify({ person, tenant: known.tenant });
}

async function byHeader(
  header: string,
  name: string | null,
  service: AgentService,
  { secret, tenant }: Known,
): Promise<Person | null> {
  const [scheme = "", value = ""] = header.split(/\s+/, 2);
  if (scheme.toLowerCase() === "bearer") {
    const person = await service.identify({ token: value });
    if (!person || person.tenant !== tenant) throw new CredentialRefusedError();
    return person;
  }
  if (scheme.toLowerCase() !== "local" || secret === undefined || !sameText(value, secret)) {
    throw new CredentialRefusedError();
  }
  return name === null ? null : spokenFor(decoded(name), service, tenant);
}

/** What is not percent-encoded text is nobody's name. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch (error) {
    if (error instanceof URIError) throw new UnknownPersonError(name);
    throw error;
  }
}

async function spokenFor(name: string, service: AgentService, tenant: string): Promise<Person> {
  const person = await service.identify({ person: name, tenant });
  if (!person) throw new UnknownPersonError(name);
  return person;
}

/** Compares in a time that does not depend on where the texts differ. */
function sameText(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** What proxies, balancers and tunnels say of a request that they pass on (RFC 7239; RFC 9110, 7.6.3; their makers). */
const passedOn = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "true-client-ip",
  "cf-connecting-ip",
];

/** A request that somebody passed on is not a local one, whatever address it comes from. */
export const isProxied = ({ headers }: Request): boolean => passedOn.some((name) => headers.has(name));
