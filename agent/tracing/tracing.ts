/** Traces of turns and executions: to OpenTelemetry's processors, and in short form into the database. */
import type { Context, Span, Tracer } from "@opentelemetry/api";
import type { ReadableSpan, SpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { Database } from "../../db/client.ts";
import { spans } from "../../db/schema/index.ts";
import { MillwrightError } from "../../errors.ts";
import { attributesOf, currentStep, nameOf, type RunningStep, type Step, type TraceRole } from "./step.ts";

/** What a trace is of. */
export interface Traced {
  readonly tenant: string;
  readonly thread: string | null;
  readonly turn: string | null;
}

export interface Tracing {
  /** Runs work as a trace of its own; its steps are written when it has ended, however it ended. */
  run<Result>(of: Traced, step: Step, work: (root: RunningStep) => Promise<Result>): Promise<Result>;
  /** Sends what is not yet sent. */
  close(): Promise<void>;
}

export interface TracingParts {
  readonly database: Database;
  /** Where spans go besides: a collector. */
  readonly processors: readonly SpanProcessor[];
  report(error: unknown, where: string): void;
}

/** Steps of a trace that are kept; a turn has limits far below. */
const mostSpans = 400;

interface Telemetry {
  readonly api: typeof import("@opentelemetry/api");
  readonly provider: TracerProvider;
  readonly tracer: Tracer;
  readonly ended: Map<string, ReadableSpan[]>;
}

export function createTracing({ database, processors, report }: TracingParts): Tracing {
  let loading: Promise<Telemetry> | null = null;
  const telemetry = (): Promise<Telemetry> => {
    loading ??= load(processors);
    return loading;
  };
  return {
    async run(of, step, work) {
      const loaded = await telemetry();
      const { api, tracer, ended } = loaded;
      const { span, running } = begin({ api, tracer }, step, api.ROOT_CONTEXT);
      const { traceId } = span.spanContext();
      ended.set(traceId, []);
      try {
        return await finishing(span, running, work);
      } finally {
        const kept = ended.get(traceId) ?? [];
        ended.delete(traceId);
        await write(database, of, kept).catch((error: unknown) => report(error, "trace"));
      }
    },
    async close() {
      if (loading !== null) await (await loading).provider.shutdown();
    },
  };
}

/** The SDK is loaded when the first turn runs. */
async function load(processors: readonly SpanProcessor[]): Promise<Telemetry> {
  const [api, { TracerProvider: Provider }, { resourceFromAttributes }] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/resources"),
  ]);
  const ended = new Map<string, ReadableSpan[]>();
  const provider = new Provider({
    resource: resourceFromAttributes({ "service.name": "millwright" }),
    spanProcessors: [collecting(ended), ...processors],
  });
  return { api, provider, tracer: provider.getTracer("millwright"), ended };
}

/** Keeps the ended spans of traces that run. */
const collecting = (ended: ReadonlyMap<string, ReadableSpan[]>): SpanProcessor => ({
  onStart: () => undefined,
  onEnd(span) {
    const kept = ended.get(span.spanContext().traceId);
    if (kept !== undefined && kept.length < mostSpans) kept.push(span);
  },
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
});

function begin(
  { api, tracer }: Pick<Telemetry, "api" | "tracer">,
  step: Step,
  parent: Context,
): { span: Span; running: RunningStep } {
  const kind = step.kind === "connector" || step.kind === "sql" ? api.SpanKind.CLIENT : api.SpanKind.INTERNAL;
  const span = tracer.startSpan(nameOf(step), { kind, attributes: attributesOf(step) }, parent);
  const context = api.trace.setSpan(parent, span);
  return {
    span,
    running: {
      set: (attributes) => {
        span.setAttributes({ ...attributes });
      },
      child: (inner, work) => {
        const started = begin({ api, tracer }, inner, context);
        return finishing(started.span, started.running, work);
      },
    },
  };
}

/** Runs the work with its step at hand; of an error the span gets the kind, never the words. */
async function finishing<Result>(
  span: Span,
  running: RunningStep,
  work: (running: RunningStep) => Promise<Result>,
): Promise<Result> {
  try {
    return await currentStep.run(running, () => work(running));
  } catch (error) {
    span.setStatus({ code: 2 });
    span.setAttribute("error.type", error instanceof MillwrightError ? error.code : "unexpected");
    throw error;
  } finally {
    span.end();
  }
}

async function write(database: Database, of: Traced, ended: readonly ReadableSpan[]): Promise<void> {
  if (ended.length === 0) return;
  await database
    .insert(spans)
    .values(ended.map((span) => rowOf(of, span)))
    .onConflictDoNothing();
}

function rowOf({ tenant, thread, turn }: Traced, span: ReadableSpan): typeof spans.$inferInsert {
  const { traceId, spanId } = span.spanContext();
  const { "millwright.role": role, ...attributes } = span.attributes;
  const [seconds, nanoseconds] = span.startTime;
  return {
    tenant,
    trace: traceId,
    span: spanId,
    parent: span.parentSpanContext?.spanId ?? null,
    thread,
    turn,
    name: span.name,
    role: role as TraceRole,
    startedAt: new Date(seconds * 1000 + nanoseconds / 1e6),
    milliseconds: Math.round(span.duration[0] * 1000 + span.duration[1] / 1e6),
    state: span.status.code === 2 ? "error" : "ok",
    attributes,
  };
}
