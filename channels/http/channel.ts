/**
 * HTTP: everything the agent's service offers as JSON and server-sent events, described by the OpenAPI document that
 * the same route definitions make.
 */
import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import type { AgentService } from "../../agent/service.ts";
import { admitted, createCallers, identified } from "./authenticate.ts";
import { BodyTooLargeError, MethodNotAllowedError, RouteNotFoundError } from "./errors.ts";
import { shallowOnly } from "./nesting.ts";
import type { Environment, HttpOptions, Room } from "./options.ts";
import { invalid, isInternal, problemResponse } from "./problems.ts";
import { ownHostOnly, ownOriginOnly, securityHeaders } from "./protect.ts";
import { agentRoutes } from "./routes/agent.ts";
import { calendarRoutes } from "./routes/calendars.ts";
import { logRoutes } from "./routes/logs.ts";
import { metaRoutes } from "./routes/meta.ts";
import { modelRoutes } from "./routes/models.ts";
import { proposalRoutes } from "./routes/proposals.ts";
import { identityRoutes, openSessionRoutes, peopleRoutes } from "./routes/session.ts";
import { shortRoutes } from "./routes/short.ts";
import { threadRoutes } from "./routes/threads.ts";

/** JSON bodies; files have their own limit (`HttpOptions.uploadLimit`). */
const jsonLimit = 32 * 1024 ** 2;
/** Routes that take a file and read it as a stream. */
const filePaths = new Set(["/mine", "/v1/logs"]);
/** Routes that need to know who calls. */
const ownPaths = ["/v1/*", "/mine", "/optimize", "/monitor", "/run"];

export type HttpChannel = OpenAPIHono<Environment>;

/** The application. Mounted channels (web, Slack) stand behind the same host check and answer what is left. */
export function createHttpChannel(service: AgentService, options: HttpOptions): HttpChannel {
  const room: Room = { service, options };
  const app: HttpChannel = new OpenAPIHono<Environment>({
    defaultHook: (result) => {
      if (!result.success) throw invalid(result.error);
    },
  });
  app.onError((error, context) => {
    if (isInternal(error)) options.onError?.(error);
    return problemResponse(context, error);
  });
  app.notFound((context) => problemResponse(context, new RouteNotFoundError(context.req.path)));
  protect(app, options);
  routes(app, room);
  refuseOtherMethods(app);
  for (const mounted of options.mounts ?? []) app.route("/", mounted);
  return app;
}

function protect(app: HttpChannel, options: HttpOptions): void {
  app.use(securityHeaders(), ownHostOnly(options.hosts ?? []), ownOriginOnly());
  const limit = bodyLimit({
    maxSize: jsonLimit,
    onError: () => {
      throw new BodyTooLargeError(jsonLimit);
    },
  });
  app.use((context, next) => (filePaths.has(context.req.path) ? next() : limit(context, next)));
}

function routes(app: HttpChannel, room: Room): void {
  const callers = room.options.callers ?? createCallers(room.service, room.options);
  metaRoutes(app, room);
  app.use("/v1/session", identified(callers));
  openSessionRoutes(app, room, callers.sessions);
  const shallow = shallowOnly();
  for (const path of ownPaths) {
    app.use(path, admitted(callers));
    app.use(path, (context, next) => (filePaths.has(context.req.path) ? next() : shallow(context, next)));
  }
  peopleRoutes(app, room);
  identityRoutes(app, room);
  threadRoutes(app, room);
  logRoutes(app, room);
  modelRoutes(app, room);
  calendarRoutes(app, room);
  proposalRoutes(app, room);
  agentRoutes(app, room);
  shortRoutes(app, room);
}

/** A known path with another method is 405 with what is allowed; an unknown one below /v1 is 404. */
function refuseOtherMethods(app: HttpChannel): void {
  const methods = new Map<string, Set<string>>();
  for (const { path, method } of app.routes) {
    if (method === "ALL") continue;
    methods.set(path, (methods.get(path) ?? new Set()).add(method));
  }
  for (const [path, allowed] of methods) {
    app.all(path, (context) => {
      throw new MethodNotAllowedError(context.req.method, context.req.path, [...allowed].sort().join(", "));
    });
  }
}
