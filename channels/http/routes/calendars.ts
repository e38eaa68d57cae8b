/** Business calendars of the tenant, and the one that "business hours" mean on a log. */
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Calendars, Person } from "../../contract.ts";
import { signedIn } from "../authenticate.ts";
import { InvalidRequestError, NotOfferedError } from "../errors.ts";
import { optional } from "../optional.ts";
import type { Environment, HttpContext, Room } from "../options.ts";
import { answer, body, problems } from "./responses.ts";

const tags = ["Calendars"];
const named = z.object({ name: z.string() });
const ofLog = z.object({ id: z.string() });

export const CalendarSchema = z
  .object({
    name: z.string(),
    hours: z.string().openapi({ example: "Mon–Fri 09:00–17:00, 2 holidays, Europe/Berlin" }),
    definition: z.unknown().openapi({ description: "As it was set, with what it left out" }),
  })
  .openapi("Calendar");

export const LogCalendarSchema = z
  .object({ log: z.string(), calendar: z.string().nullable() })
  .openapi("LogCalendar");

const list = createRoute({
  method: "get",
  path: "/v1/calendars",
  tags,
  summary: "Business calendars",
  responses: { 200: answer("Calendars by name", z.array(CalendarSchema)), ...problems },
});

const show = createRoute({
  method: "get",
  path: "/v1/calendars/{name}",
  tags,
  summary: "One business calendar",
  request: { params: named },
  responses: { 200: answer("The calendar", CalendarSchema), ...problems },
});

const set = createRoute({
  method: "put",
  path: "/v1/calendars/{name}",
  tags,
  summary: "Add or replace a business calendar",
  description:
    "By an analyst or administrator. The body is a calendar as docs/definitions.md shows it under “Business time”: `zone`, `hours`, `holidays`, `special`.",
  request: { params: named, body: body(z.looseObject({ name: optional(z.string()) })) },
  responses: { 200: answer("As it is kept", CalendarSchema), ...problems },
});

const remove = createRoute({
  method: "delete",
  path: "/v1/calendars/{name}",
  tags,
  summary: "Remove a business calendar",
  description: "By an analyst or administrator; refused (409) while it is a log's own.",
  request: { params: named },
  responses: { 204: { description: "Removed" }, ...problems },
});

const logCalendar = createRoute({
  method: "get",
  path: "/v1/logs/{id}/calendar",
  tags,
  summary: "What “business hours” mean on a log",
  request: { params: ofLog },
  responses: {
    200: answer("Null: Monday to Friday, 9 to 17, in the zone of the question", LogCalendarSchema),
    ...problems,
  },
});

const setLogCalendar = createRoute({
  method: "put",
  path: "/v1/logs/{id}/calendar",
  tags,
  summary: "Choose what “business hours” mean on a log",
  description:
    "By an analyst or administrator. Only questions that ask for business time are counted by it; all others stay with the clock.",
  request: { params: ofLog, body: body(z.strictObject({ calendar: z.string().nullable() })) },
  responses: { 200: answer("As it is now", LogCalendarSchema), ...problems },
});

export function calendarRoutes(app: OpenAPIHono<Environment>, { options }: Room): void {
  app.openapi(list, async (context) => context.json([...(await offered(options).list())], 200));
  app.openapi(show, async (context) =>
    context.json(await offered(options).show(context.req.valid("param").name), 200),
  );
  app.openapi(set, async (context) => {
    const { name } = context.req.valid("param");
    const definition = context.req.valid("json");
    if (definition.name !== undefined && definition.name.trim() !== name.trim()) {
      throw new InvalidRequestError(`The calendar is called “${definition.name}”, not “${name}”.`, "name");
    }
    return context.json(await offered(options).set(changer(context), name, definition), 200);
  });
  app.openapi(remove, async (context) => {
    await offered(options).remove(changer(context), context.req.valid("param").name);
    return context.body(null, 204);
  });
  app.openapi(logCalendar, async (context) =>
    context.json(await offered(options).defaultOf(context.req.valid("param").id), 200),
  );
  app.openapi(setLogCalendar, async (context) => {
    const { calendar } = context.req.valid("json");
    const log = context.req.valid("param").id;
    return context.json(await offered(options).setDefault(changer(context), log, calendar), 200);
  });
}

function offered({ calendars }: Room["options"]): Calendars {
  if (!calendars) throw new NotOfferedError("calendars");
  return calendars;
}

/** Who would change something: a person, or the server's own OS user without a name. */
const changer = (context: HttpContext): Person | null =>
  context.var.sameUser ? context.var.caller.person : signedIn(context);
