import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Person } from "../../contract.ts";
import { isProxied, sessionCookie, signedIn } from "../authenticate.ts";
import {
  AdministratorNeededError,
  CredentialRefusedError,
  LocalOnlyError,
  NotOfferedError,
  UnknownPersonError,
} from "../errors.ts";
import { optional } from "../optional.ts";
import type { Environment, HttpContext, Room } from "../options.ts";
import { PersonSchema } from "../schemas.ts";
import type { Sessions } from "../sessions.ts";
import { answer, body, problems } from "./responses.ts";

const SessionSchema = z.object({
  person: PersonSchema.nullable(),
  tenant: z.string(),
  /** How one signs in here. */
  signIn: z.enum(["people", "token"]),
});

const begin = createRoute({
  method: "post",
  path: "/v1/session",
  tags: ["People"],
  summary: "Sign in",
  description:
    "With a token anywhere; by choosing a person only on the embedded database, on loopback. Sets a cookie.",
  request: {
    body: body(z.union([z.strictObject({ person: z.string() }), z.strictObject({ token: z.string() })])),
  },
  responses: { 200: answer("Signed in", SessionSchema), ...problems },
});

const show = createRoute({
  method: "get",
  path: "/v1/session",
  tags: ["People"],
  summary: "Who is signed in",
  responses: { 200: answer("The person, or null", SessionSchema), ...problems },
});

const end = createRoute({
  method: "delete",
  path: "/v1/session",
  tags: ["People"],
  summary: "Sign out",
  responses: { 204: { description: "Signed out" }, ...problems },
});

const people = createRoute({
  method: "get",
  path: "/v1/people",
  tags: ["People"],
  summary: "The people of the tenant",
  responses: { 200: answer("People", z.array(PersonSchema)), ...problems },
});

const token = createRoute({
  method: "post",
  path: "/v1/tokens",
  tags: ["People"],
  summary: "Make a token",
  description: "For oneself; for somebody else by an administrator. Shown once; only its hash is kept.",
  request: {
    body: body(z.object({ label: z.string().max(200).default("api"), person: optional(z.string()) })),
  },
  responses: { 201: answer("The token", z.object({ token: z.string(), person: z.string() })), ...problems },
});

const identity = createRoute({
  method: "put",
  path: "/v1/people/{id}/identities",
  tags: ["People"],
  summary: "Say who somebody is in a channel",
  description:
    "For administrators. What the person says and decides there counts as theirs. A mapping that is there is replaced.",
  request: {
    params: z.object({ id: z.string() }),
    body: body(
      z.object({
        channel: z.enum(["slack"]),
        subject: z
          .string()
          .regex(/^[A-Z0-9]+\/[A-Z0-9]+$/)
          .openapi({ description: "Team and user", example: "T1/U2" }),
      }),
    ),
  },
  responses: { 204: { description: "Mapped" }, ...problems },
});

/** Routes that answer before anybody is known. */
export function openSessionRoutes(app: OpenAPIHono<Environment>, room: Room, sessions: Sessions): void {
  app.openapi(begin, async (context) => {
    const person = await chosen(context, context.req.valid("json"), room);
    setCookie(context, sessionCookie, sessions.begin(person.id), {
      httpOnly: true,
      sameSite: "Strict",
      path: "/",
      secure: room.options.secure === true,
    });
    return context.json(session(person, room), 200);
  });
  app.openapi(show, (context) => context.json(session(context.var.caller.person, room), 200));
  app.openapi(end, (context) => {
    sessions.end(getCookie(context, sessionCookie) ?? "");
    deleteCookie(context, sessionCookie, { path: "/" });
    return context.body(null, 204);
  });
}

export function peopleRoutes(app: OpenAPIHono<Environment>, { service, options }: Room): void {
  app.openapi(people, async (context) =>
    context.json([...(await service.people(context.var.caller.tenant))], 200),
  );
  app.openapi(token, async (context) => {
    const person = signedIn(context);
    if (!options.issueToken) throw new NotOfferedError("tokens");
    const { label, person: owner = person.id } = context.req.valid("json");
    return context.json({ token: await options.issueToken(person, owner, label), person: owner }, 201);
  });
}

export function identityRoutes(app: OpenAPIHono<Environment>, { options }: Room): void {
  app.openapi(identity, async (context) => {
    if (!signedIn(context).roles.includes("admin")) throw new AdministratorNeededError();
    if (!options.linkIdentity) throw new NotOfferedError("identities");
    const { channel, subject } = context.req.valid("json");
    await options.linkIdentity(context.req.valid("param").id, channel, subject);
    return context.body(null, 204);
  });
}

function session(person: Person | null, { options }: Room): z.infer<typeof SessionSchema> {
  return { person, tenant: options.tenant, signIn: options.local ? "people" : "token" };
}

async function chosen(
  context: HttpContext,
  given: { person: string } | { token: string },
  { service, options }: Room,
): Promise<Person> {
  if ("token" in given) {
    const person = await service.identify({ token: given.token });
    if (!person || person.tenant !== options.tenant) throw new CredentialRefusedError();
    return person;
  }
  if (!options.local || isProxied(context.req.raw)) throw new LocalOnlyError();
  const person = await service.identify({ person: given.person, tenant: options.tenant });
  if (!person) throw new UnknownPersonError(given.person);
  return person;
}
