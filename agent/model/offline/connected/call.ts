/** A call of an operation as a tool's input, and what is still missing for it. */
import type { ConnectedParameter } from "../../provider.ts";
import type { IndexedOperation } from "./operations.ts";

/** The effect decides by which tool an operation is called. */
export const toolFor = {
  read: "connectors.read",
  write: "connectors.call",
  irreversible: "connectors.call-irreversible",
} as const;

export type Values = ReadonlyMap<ConnectedParameter, unknown>;

export function inputOf(
  { system, operation }: IndexedOperation,
  values: Values,
): Readonly<Record<string, unknown>> {
  const given = [...values];
  const named = (inBody: boolean): Record<string, unknown> =>
    Object.fromEntries(
      given.flatMap(([parameter, value]) => (parameter.inBody === inBody ? [[parameter.name, value]] : [])),
    );
  const fields = named(true);
  const body = Object.keys(fields).length > 0 ? { body: fields } : {};
  return { connector: system.id, operation: operation.id, arguments: { ...named(false), ...body } };
}

/** The values of an earlier call, or of a document that was pasted, as far as the operation takes them. */
export function valuesFrom(
  { operation }: IndexedOperation,
  given: Readonly<Record<string, unknown>>,
): Map<ConnectedParameter, unknown> {
  const body = given["body"];
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  return new Map(
    operation.parameters.flatMap((parameter): [ConnectedParameter, unknown][] => {
      const value = parameter.inBody ? fields[parameter.name] : given[parameter.name];
      return value === undefined ? [] : [[parameter, value]];
    }),
  );
}

export const missingOf = ({ operation }: IndexedOperation, values: Values): readonly ConnectedParameter[] =>
  operation.parameters.filter((parameter) => parameter.required && !values.has(parameter));

/** A change that changes nothing: what it may be is asked for. */
export const changesNothing = ({ operation }: IndexedOperation, values: Values): boolean =>
  operation.effect !== "read" &&
  operation.parameters.some(({ inBody }) => inBody) &&
  ![...values.keys()].some(({ inBody }) => inBody) &&
  !operation.parameters.some(({ inBody, required }) => inBody && required) &&
  ["put", "patch", "post"].includes(operation.method);
