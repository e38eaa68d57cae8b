import { z } from "zod";
import { MillwrightError } from "../../errors.ts";
import {
  type Change,
  type Preview,
  type Receipt,
  type Reconciliation,
  type WriteContext,
  type WriteTool,
  writeTool,
} from "../define.ts";
import { PromisedEffectSchema } from "../inputs.ts";
import { CallFailedError, callOperation, checkArguments } from "./call-operation.ts";
import type { Operation } from "./core/operation.ts";
import { isRepeatable } from "./core/operation.ts";
import { buildRequest } from "./core/request.ts";
import { settingsOf } from "./settings-of.ts";
import { type Connector, findOperation } from "./store.ts";

const Input = z.object({
  connector: z.string().describe("Connector id"),
  operation: z.string().describe("Operation id"),
  arguments: z.record(z.string(), z.unknown()).default({}).describe("By parameter name; `body` for the body"),
  why: z.string().optional().describe("One sentence: what it is for"),
  promise: PromisedEffectSchema.optional().meta({ description: "What it is expected to do to a log" }),
});
type CallInput = z.infer<typeof Input>;

/** A call was asked of the tool for the other kind of effect. */
export class WrongEffectError extends MillwrightError {
  constructor(operation: Operation, tool: string) {
    super("wrong-effect", 422, `"${operation.id}" is ${operation.effect} (${operation.effectReason}).`, {
      expected: tool,
      remedy: `Use ${tool}.`,
    });
  }
}

function refuseOtherRisk(operation: Operation, risk: WriteTool["risk"]): void {
  if (operation.effect === "read") throw new WrongEffectError(operation, "connectors.read");
  if (operation.effect !== risk)
    throw new WrongEffectError(
      operation,
      risk === "write" ? "connectors.call-irreversible" : "connectors.call",
    );
}

/** A tool that calls operations of one kind of effect; what is irreversible asks for more approvals. */
export const callTool = (
  declared: Pick<WriteTool<CallInput>, "name" | "risk" | "description" | "examples">,
): WriteTool<CallInput> =>
  writeTool<CallInput>({
    ...declared,
    version: 1,
    input: Input as z.ZodType<CallInput>,
    async preview(input, context): Promise<Preview> {
      const { connector, operation } = await findOperation(
        context.database,
        context.tenant,
        input.connector,
        input.operation,
      );
      checkArguments(operation, input.arguments);
      refuseOtherRisk(operation, declared.risk);
      const { method, url } = buildRequest(connector.baseUrl, operation, input.arguments, null);
      return {
        action: operation.summary || operation.id,
        summary: `${operation.summary || operation.id} in ${connector.title}: ${method} ${new URL(url).pathname}`,
        changes: changesOf(input.arguments),
        affected: { count: 1, unit: "call", examples: [url] },
        undo: undoWords(operation),
        risks: risksOf(operation),
        why: input.why ?? "",
        facts: [],
        ...(input.promise ? { promise: input.promise } : {}),
      };
    },

    async execute(input, context): Promise<Receipt> {
      const { connector, operation } = await findOperation(
        context.database,
        context.tenant,
        input.connector,
        input.operation,
      );
      const around = {
        database: context.database,
        tenant: context.tenant,
        settings: settingsOf(context),
        signal: context.signal,
        traced: context.traced,
      };
      const { status, body, location } = await callOperation(
        {
          connector,
          operation,
          arguments: input.arguments,
          proposal: context.proposal,
          idempotencyKey: context.idempotencyKey,
        },
        around,
      );
      return receiptOf(connector, operation, status, body, location);
    },

    async reconcile(input, context): Promise<Reconciliation> {
      const { connector, operation } = await findOperation(
        context.database,
        context.tenant,
        input.connector,
        input.operation,
      );
      return operation.lookup === null
        ? { state: "unknown", reason: `${connector.title} cannot be asked whether ${operation.id} happened` }
        : askByKey(connector, operation, operation.lookup, context);
    },

    undo(input, receipt) {
      const inverse = inverseIn(receipt);
      return inverse === null
        ? null
        : {
            tool: "connectors.call-irreversible",
            input: { connector: input.connector, ...inverse, arguments: inverse.arguments },
          };
    },
  });

function changesOf(given: Readonly<Record<string, unknown>>): Change[] {
  const body = given["body"];
  const fields =
    typeof body === "object" && body !== null
      ? { ...given, ...(body as Record<string, unknown>), body: undefined }
      : given;
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([what, value]) => ({
      what,
      before: null,
      after:
        typeof value === "string" || typeof value === "number" || typeof value === "boolean"
          ? value
          : JSON.stringify(value),
    }));
}

function undoWords(operation: Operation): Preview["undo"] {
  return operation.inverse
    ? {
        possible: true,
        how: `What it creates can be removed again with ${operation.inverse.operation}, as a proposal of its own.`,
      }
    : { possible: false, how: "The specification has no operation that takes it back." };
}

function risksOf(operation: Operation): string[] {
  const risks = [operation.effectReason];
  if (operation.effect === "irreversible") risks.unshift("Cannot be taken back.");
  if (!isRepeatable(operation))
    risks.push(
      "The system takes no idempotency key: if its answer is lost, Millwright asks a person instead of trying again.",
    );
  return risks;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function receiptOf(
  connector: Connector,
  operation: Operation,
  status: number,
  body: unknown,
  location: string | null,
): Receipt {
  const id = isRecord(body) ? (body["id"] ?? body["key"] ?? body["number"]) : undefined;
  const name = typeof id === "string" || typeof id === "number" ? String(id) : "";
  const undo =
    operation.inverse && name
      ? { operation: operation.inverse.operation, arguments: { [operation.inverse.parameter]: name } }
      : null;
  return {
    summary: `${connector.title} answered ${status}${name ? `: ${name}` : ""}`,
    references: name
      ? [
          {
            system: connector.title,
            id: name,
            ...(location ? { url: new URL(location, `${connector.baseUrl}/`).href } : {}),
          },
        ]
      : [],
    data: { status, undo },
  };
}

async function askByKey(
  connector: Connector,
  operation: Operation,
  lookup: NonNullable<Operation["lookup"]>,
  context: WriteContext,
): Promise<Reconciliation> {
  const asked = connector.operations.find(({ id }) => id === lookup.operation);
  if (!asked) return { state: "unknown", reason: `${lookup.operation} is gone from the specification` };
  const around = {
    database: context.database,
    tenant: context.tenant,
    settings: settingsOf(context),
    signal: context.signal,
    traced: context.traced,
  };
  try {
    const { status, body } = await callOperation(
      {
        connector,
        operation: asked,
        arguments: { [lookup.parameter]: context.idempotencyKey },
        proposal: context.proposal,
      },
      around,
    );
    const found = Array.isArray(body)
      ? body
      : isRecord(body)
        ? (Object.values(body).find(Array.isArray) ?? [])
        : [];
    return found.length > 0
      ? { state: "done", receipt: receiptOf(connector, operation, status, found[0], null) }
      : { state: "not-done" };
  } catch (error) {
    if (error instanceof CallFailedError) return { state: "unknown", reason: error.message };
    throw error;
  }
}

function inverseIn(receipt: Receipt): { operation: string; arguments: Record<string, unknown> } | null {
  const undo = isRecord(receipt.data) ? receipt.data["undo"] : null;
  return isRecord(undo) && typeof undo["operation"] === "string" && isRecord(undo["arguments"])
    ? { operation: undo["operation"], arguments: undo["arguments"] }
    : null;
}
