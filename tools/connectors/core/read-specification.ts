/**
 * Reads OpenAPI 3.0, 3.1 and Swagger 2.0 documents into operations. The document comes in dereferenced
 * (tools/connectors/import-specification.ts); nothing here reads files or the network.
 */
import { MillwrightError } from "../../../errors.ts";
import { guessEffect } from "./effect.ts";
import type { JsonSchema, Operation, OperationParameter, Specification } from "./operation.ts";
import { toJsonSchema } from "./schema.ts";

/** A specification that cannot be used, and where in it. */
export class SpecificationError extends MillwrightError {
  constructor(message: string, remedy: string, file?: string, options?: ErrorOptions) {
    super("specification", 422, message, { remedy, ...(file === undefined ? {} : { file }) }, options);
  }
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** @throws SpecificationError when it is not an OpenAPI 3 or Swagger 2 document */
export function requireSpecification(document: unknown): Json {
  const known =
    isObject(document) && (text(document["openapi"]).startsWith("3.") || document["swagger"] === "2.0");
  if (known) return document;
  throw new SpecificationError(
    "This is not an API specification that Millwright reads.",
    'Give an OpenAPI 3.x or Swagger 2.0 document: its top level says `openapi: "3.…"` or `swagger: "2.0"`.',
  );
}

/** @throws SpecificationError when it is not a specification, or has no operation */
export function readSpecification(given: unknown): Specification {
  const document = requireSpecification(given);
  const info = isObject(document["info"]) ? document["info"] : {};
  const operations = kept(connect(readOperations(document)));
  if (operations.length === 0)
    throw new SpecificationError(
      "The specification has no operation.",
      "Add at least one path with a method.",
    );
  refuseRepeatedIds(operations);
  return {
    title: kept(text(info["title"])) || "Untitled API",
    version: kept(text(info["version"])),
    servers: serversOf(document),
    operations,
  };
}

/** Halves of characters and NUL, which no database keeps, are replaced: in names as in texts. */
function kept<Value>(value: Value): Value;
function kept(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "\ufffd");
  if (Array.isArray(value)) return value.map((item) => kept(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [kept(name), kept(item)]));
}

function readOperations(document: Json): Operation[] {
  const found: Operation[] = [];
  for (const [path, item] of Object.entries(isObject(document["paths"]) ? document["paths"] : {})) {
    if (!isObject(item)) continue;
    for (const method of methods) {
      const declared = item[method];
      if (isObject(declared)) found.push(readOperation(document, path, method, item, declared));
    }
  }
  return found;
}

function readOperation(
  document: Json,
  path: string,
  method: Operation["method"],
  item: Json,
  declared: Json,
): Operation {
  const id =
    text(declared["operationId"]) || `${method}_${path.replaceAll(/[{}]/g, "").replaceAll(/\W+/g, "_")}`;
  const summary = text(declared["summary"]) || text(declared["description"]).split("\n")[0] || "";
  const all = mergeParameters(list(item["parameters"]), list(declared["parameters"]));
  const { parameters: bodyParameters, type } = readBody(
    document,
    declared,
    all,
    `${method.toUpperCase()} ${path}`,
  );
  const idempotency = all.find(
    (parameter) => parameter["in"] === "header" && isIdempotencyName(text(parameter["name"])),
  );
  const parameters = [
    ...all.filter((parameter) => parameter !== idempotency).flatMap((parameter) => readParameter(parameter)),
    ...bodyParameters,
  ];
  const { effect, reason } = guessEffect({ method, id, path, summary });
  return {
    id,
    method,
    path,
    summary,
    effect,
    effectReason: reason,
    parameters,
    bodyType: type,
    idempotencyHeader: idempotency ? text(idempotency["name"]) : null,
    lookup: null,
    inverse: null,
    security: securityOf(document, declared),
  };
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "")
    .replace(/^x/, "");
const isIdempotencyName = (name: string): boolean => plain(name) === "idempotencykey";

/** An operation's own parameters replace those of its path with the same name and place. */
function mergeParameters(shared: readonly unknown[], own: readonly unknown[]): Json[] {
  const merged = new Map<string, Json>();
  for (const parameter of [...shared, ...own]) {
    if (isObject(parameter)) merged.set(`${text(parameter["in"])} ${text(parameter["name"])}`, parameter);
  }
  return [...merged.values()];
}

function readParameter(parameter: Json): OperationParameter[] {
  const place = parameter["in"];
  if (place !== "path" && place !== "query" && place !== "header") return [];
  const schema = toJsonSchema(parameter["schema"] ?? swaggerParameterSchema(parameter));
  const joinedBy = joinOf(parameter);
  return [
    {
      name: text(parameter["name"]),
      place,
      required: place === "path" || parameter["required"] === true,
      schema,
      description: text(parameter["description"]),
      ...(joinedBy ? { joinedBy } : {}),
    },
  ];
}

/** Swagger 2 keeps a parameter's schema keywords beside its name. */
function swaggerParameterSchema(parameter: Json): JsonSchema {
  const {
    name: _name,
    in: _in,
    required: _required,
    description: _description,
    collectionFormat: _format,
    ...schema
  } = parameter;
  return schema;
}

function joinOf(parameter: Json): OperationParameter["joinedBy"] {
  const style =
    parameter["collectionFormat"] ??
    (parameter["explode"] === false ? text(parameter["style"]) || "form" : "");
  if (style === "csv" || style === "form") return ",";
  if (style === "ssv" || style === "spaceDelimited") return " ";
  if (style === "pipes" || style === "pipeDelimited") return "|";
  return style === "tsv" ? "\t" : undefined;
}

interface Body {
  readonly parameters: readonly OperationParameter[];
  readonly type: Operation["bodyType"];
}

function readBody(document: Json, declared: Json, parameters: readonly Json[], where: string): Body {
  if (document["swagger"] === "2.0") return readSwaggerBody(parameters);
  const body = declared["requestBody"];
  if (!isObject(body)) return { parameters: [], type: null };
  const content = isObject(body["content"]) ? body["content"] : {};
  const types = Object.keys(content);
  const chosen =
    types.find((type) => /^application\/(.+\+)?json/.test(type)) ??
    types.find((type) => type === "application/x-www-form-urlencoded");
  if (chosen === undefined) {
    if (body["required"] !== true || types.length === 0) return { parameters: [], type: null };
    throw new SpecificationError(
      `${where} needs a body of type ${types.join(" or ")}.`,
      "Millwright sends JSON and form bodies; leave this operation out of the file, or import it through an adapter.",
    );
  }
  const media = content[chosen];
  const schema = toJsonSchema(isObject(media) ? media["schema"] : {});
  const parameter = {
    name: "body",
    place: "body" as const,
    required: body["required"] === true,
    schema,
    description: text(body["description"]),
  };
  return {
    parameters: [parameter],
    type: chosen === "application/x-www-form-urlencoded" ? chosen : "application/json",
  };
}

function readSwaggerBody(parameters: readonly Json[]): Body {
  const body = parameters.find((parameter) => parameter["in"] === "body");
  if (body) {
    const schema = toJsonSchema(body["schema"]);
    return {
      parameters: [
        {
          name: "body",
          place: "body",
          required: body["required"] === true,
          schema,
          description: text(body["description"]),
        },
      ],
      type: "application/json",
    };
  }
  const fields = parameters.filter((parameter) => parameter["in"] === "formData");
  if (fields.length === 0) return { parameters: [], type: null };
  const schema = {
    type: "object",
    properties: Object.fromEntries(
      fields.map((field) => [text(field["name"]), toJsonSchema(swaggerParameterSchema(field))]),
    ),
    required: fields.filter((field) => field["required"] === true).map((field) => text(field["name"])),
  };
  return {
    parameters: [
      { name: "body", place: "body", required: schema.required.length > 0, schema, description: "" },
    ],
    type: "application/x-www-form-urlencoded",
  };
}

function serversOf(document: Json): string[] {
  if (document["swagger"] === "2.0") {
    const host = text(document["host"]);
    const scheme =
      list(document["schemes"]).includes("https") || list(document["schemes"]).length === 0
        ? "https"
        : "http";
    return host ? [`${scheme}://${host}${text(document["basePath"])}`] : [];
  }
  return list(document["servers"]).flatMap((server) => (isObject(server) ? [fillVariables(server)] : []));
}

function fillVariables(server: Json): string {
  const variables = isObject(server["variables"]) ? server["variables"] : {};
  return text(server["url"]).replaceAll(/\{([^}]+)\}/g, (hole, name: string) => {
    const variable = variables[name];
    return isObject(variable) && typeof variable["default"] === "string" ? variable["default"] : hole;
  });
}

function securityOf(document: Json, declared: Json): string[] {
  const components = isObject(document["components"])
    ? document["components"]["securitySchemes"]
    : document["securityDefinitions"];
  const schemes = isObject(components) ? components : {};
  const asked = list(declared["security"] ?? document["security"]).flatMap((entry) =>
    isObject(entry) ? Object.keys(entry) : [],
  );
  return [...new Set(asked)].map((name) => {
    const scheme = schemes[name];
    if (!isObject(scheme)) return name;
    return scheme["type"] === "http" ? text(scheme["scheme"]) || "http" : text(scheme["type"]);
  });
}

/** Finds, for what creates, the call that looks it up by key and the call that takes it back. */
function connect(operations: readonly Operation[]): Operation[] {
  return operations.map((operation) => {
    if (operation.method !== "post") return operation;
    return {
      ...operation,
      lookup: lookupOf(operation, operations),
      inverse: inverseOf(operation, operations),
    };
  });
}

function lookupOf(operation: Operation, all: readonly Operation[]): Operation["lookup"] {
  for (const candidate of all) {
    if (candidate.method !== "get" || candidate.path !== operation.path) continue;
    const parameter = candidate.parameters.find(
      ({ place, name }) => place === "query" && isIdempotencyName(name),
    );
    if (parameter) return { operation: candidate.id, parameter: parameter.name };
  }
  return null;
}

function inverseOf(operation: Operation, all: readonly Operation[]): Operation["inverse"] {
  const inverse = all.find(
    (candidate) =>
      candidate.method === "delete" &&
      candidate.path.startsWith(`${operation.path}/{`) &&
      candidate.path.indexOf("/", operation.path.length + 1) === -1,
  );
  const parameter = inverse?.parameters.filter(({ place }) => place === "path").at(-1);
  return inverse && parameter ? { operation: inverse.id, parameter: parameter.name } : null;
}

function refuseRepeatedIds(operations: readonly Operation[]): void {
  const seen = new Set<string>();
  for (const { id, method, path } of operations) {
    if (seen.has(id)) {
      throw new SpecificationError(
        `The operation id "${id}" is used twice; the second is ${method.toUpperCase()} ${path}.`,
        "Operation ids must be unique (OpenAPI 3.1, 4.8.10).",
      );
    }
    seen.add(id);
  }
}
