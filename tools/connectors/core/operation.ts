/** What Millwright keeps of an API specification: its operations as typed calls. */

/** JSON Schema (draft 2020-12, as OpenAPI 3.1 uses it; 3.0 and Swagger 2 are converted). */
export type JsonSchema = Readonly<Record<string, unknown>>;

export type Effect = "read" | "write" | "irreversible";

export type ParameterPlace = "path" | "query" | "header" | "body";

export interface OperationParameter {
  readonly name: string;
  readonly place: ParameterPlace;
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly description: string;
  /** Query arrays: one `name=value` a value (OpenAPI `explode`, the default) or joined by this. */
  readonly joinedBy?: "," | " " | "|" | "\t";
}

export interface Operation {
  /** `operationId`, or `<method>_<path>` where the specification has none. */
  readonly id: string;
  readonly method: "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";
  /** With `{name}` holes. */
  readonly path: string;
  readonly summary: string;
  readonly effect: Effect;
  /** Why the effect was guessed so. */
  readonly effectReason: string;
  readonly parameters: readonly OperationParameter[];
  /** Media type of the request body, where there is one. */
  readonly bodyType: "application/json" | "application/x-www-form-urlencoded" | null;
  /** Header that carries an idempotency key, as the specification declares it. */
  readonly idempotencyHeader: string | null;
  /** GET on the same collection which finds an effect by its idempotency key. */
  readonly lookup: { readonly operation: string; readonly parameter: string } | null;
  /** DELETE on the created thing: what takes a creation back. */
  readonly inverse: { readonly operation: string; readonly parameter: string } | null;
  /** Schemes the specification asks for, by kind. */
  readonly security: readonly string[];
}

export interface Specification {
  readonly title: string;
  readonly version: string;
  /** As the file says; may be relative, empty, or with variables filled by their defaults. */
  readonly servers: readonly string[];
  readonly operations: readonly Operation[];
}

/** May a call be sent again when nobody knows whether it arrived? (RFC 9110, 9.2.2, and idempotency keys.) */
export function isRepeatable(operation: Operation): boolean {
  return (
    ["get", "head", "options", "put", "delete", "trace"].includes(operation.method) ||
    operation.idempotencyHeader !== null
  );
}
