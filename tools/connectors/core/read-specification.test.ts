import { describe, expect, it } from "vitest";
import { isRepeatable, type Operation } from "./operation.ts";
import { readSpecification, SpecificationError } from "./read-specification.ts";
import { ArgumentError, buildRequest } from "./request.ts";

const openApi = (paths: unknown, more: object = {}) => ({
  openapi: "3.1.0",
  info: { title: "T", version: "1" },
  servers: [{ url: "https://api.example.com/v1" }],
  paths,
  ...more,
});
const responses = { "200": { description: "ok" } };

const only = (document: unknown): Operation => {
  const operation = readSpecification(document).operations[0];
  if (!operation) throw new Error("no operation");
  return operation;
};

describe("reading an API specification", () => {
  it("makes an operation of every method of every path, with the path's own parameters", () => {
    const { operations } = readSpecification(
      openApi({
        "/orders/{id}": {
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          get: { operationId: "getOrder", responses },
          delete: { responses },
        },
      }),
    );
    expect(operations.map(({ id, effect }) => [id, effect])).toEqual([
      ["getOrder", "read"],
      ["delete_/orders/id".replaceAll(/\W+/g, "_"), "irreversible"],
    ]);
    expect(operations.every(({ parameters }) => parameters[0]?.name === "id")).toBe(true);
  });

  it("replaces what no database keeps, halves of characters and NUL, in names as in texts", () => {
    const parameters = [
      { name: "q\ud83d", in: "query", schema: { type: "object", properties: { "a\0": {} } } },
    ];
    const operation = only(openApi({ "/a": { get: { operationId: "list\udb40", parameters, responses } } }));
    expect(operation.id).toBe("list\ufffd");
    expect(operation.parameters[0]?.name).toBe("q\ufffd");
    expect(JSON.stringify(operation)).not.toMatch(/\\u(?:0000|d[89a-f])/u);
  });

  it("reads Swagger 2: host, base path, body, form fields and collection formats", () => {
    const document = {
      swagger: "2.0",
      info: { title: "Old", version: "1" },
      host: "old.example.com",
      basePath: "/api",
      schemes: ["https"],
      paths: {
        "/things": {
          get: {
            operationId: "list",
            parameters: [
              {
                name: "ids",
                in: "query",
                type: "array",
                items: { type: "integer" },
                collectionFormat: "csv",
              },
            ],
            responses,
          },
          post: {
            operationId: "make",
            parameters: [
              {
                name: "thing",
                in: "body",
                required: true,
                schema: { type: "object", properties: { name: { type: "string" } } },
              },
            ],
            responses,
          },
          put: {
            operationId: "fill",
            parameters: [{ name: "name", in: "formData", type: "string", required: true }],
            responses,
          },
        },
      },
    };
    const { servers, operations } = readSpecification(document);
    expect(servers).toEqual(["https://old.example.com/api"]);
    const [list, fill, make] = operations;
    expect(buildRequest(servers[0] ?? "", list as Operation, { ids: [1, 2] }, null).url).toBe(
      "https://old.example.com/api/things?ids=1%2C2",
    );
    expect(buildRequest(servers[0] ?? "", fill as Operation, { body: { name: "a b" } }, null).body).toBe(
      "name=a+b",
    );
    expect(make?.parameters[0]).toMatchObject({ name: "body", place: "body", required: true });
  });

  it("guesses effects carefully: unclear means gated", () => {
    const effectOf = (method: string, path: string, operationId?: string) =>
      only(openApi({ [path]: { [method]: { ...(operationId ? { operationId } : {}), responses } } })).effect;
    expect(effectOf("get", "/orders")).toBe("read");
    expect(effectOf("get", "/jobs", "triggerJob")).toBe("write");
    expect(effectOf("post", "/search")).toBe("write");
    expect(effectOf("post", "/orders/refund")).toBe("irreversible");
    expect(effectOf("post", "/payments", "createPayment")).toBe("irreversible");
    expect(effectOf("delete", "/orders")).toBe("irreversible");
    expect(effectOf("patch", "/orders")).toBe("write");
  });

  it("turns nullable, read-only and boolean bounds into JSON Schema", () => {
    const schema = {
      type: "object",
      properties: {
        id: { type: "string", readOnly: true },
        note: { type: "string", nullable: true, example: "x" },
        amount: { type: "number", minimum: 0, exclusiveMinimum: true },
      },
    };
    const operation = only(
      openApi({
        "/a": { post: { requestBody: { content: { "application/json": { schema } } }, responses } },
      }),
    );
    expect(operation.parameters[0]?.schema["properties"]).toEqual({
      note: { type: ["string", "null"] },
      amount: { type: "number", exclusiveMinimum: 0 },
    });
  });

  it("finds the idempotency header, the call that looks a creation up, and the one that takes it back", () => {
    const operation = readSpecification(
      openApi({
        "/tickets": {
          get: {
            operationId: "list",
            parameters: [{ name: "idempotency_key", in: "query", schema: { type: "string" } }],
            responses,
          },
          post: {
            operationId: "create",
            parameters: [{ name: "X-Idempotency-Key", in: "header", schema: { type: "string" } }],
            responses,
          },
        },
        "/tickets/{id}": {
          delete: {
            operationId: "remove",
            parameters: [{ name: "id", in: "path", required: true, schema: {} }],
            responses,
          },
        },
      }),
    ).operations.find(({ id }) => id === "create");
    expect(operation).toMatchObject({
      idempotencyHeader: "X-Idempotency-Key",
      lookup: { operation: "list", parameter: "idempotency_key" },
      inverse: { operation: "remove", parameter: "id" },
    });
    expect(operation && isRepeatable(operation)).toBe(true);
    expect(
      operation && buildRequest("https://x.example.com", operation, {}, "k1").headers["x-idempotency-key"],
    ).toBe("k1");
  });

  it.each([
    ["nothing", null],
    ["an empty object", {}],
    ["another version", { openapi: "2.5.0", paths: {} }],
    ["no path", openApi({})],
    [
      "a repeated operation id",
      openApi({
        "/a": { get: { operationId: "x", responses } },
        "/b": { get: { operationId: "x", responses } },
      }),
    ],
    [
      "a body it cannot send",
      openApi({
        "/a": {
          post: { requestBody: { required: true, content: { "multipart/form-data": {} } }, responses },
        },
      }),
    ],
  ])("refuses %s and says what to do", (_name, document) => {
    expect(() => readSpecification(document)).toThrow(SpecificationError);
  });
});

describe("building a request", () => {
  const operation = only(
    openApi({
      "/o/{id}": {
        post: {
          operationId: "o",
          parameters: [
            { name: "id", in: "path", required: true, schema: {} },
            { name: "tag", in: "query", schema: { type: "array" } },
            { name: "X-Note", in: "header", schema: {} },
          ],
          requestBody: { content: { "application/json": { schema: { type: "object" } } } },
          responses,
        },
      },
    }),
  );

  it("keeps every argument in its place", () => {
    const request = buildRequest(
      "https://a.example.com/v1/",
      operation,
      { id: "a/b?c", tag: ["x", "y"], "X-Note": "n", body: { k: 1 } },
      null,
    );
    expect(request).toEqual({
      method: "POST",
      url: "https://a.example.com/v1/o/a%2Fb%3Fc?tag=x&tag=y",
      headers: { accept: "application/json", "x-note": "n", "content-type": "application/json" },
      body: '{"k":1}',
    });
  });

  it.each(["..", ".", "", undefined, { a: 1 }])("refuses the path argument %j", (id) => {
    expect(() => buildRequest("https://a.example.com", operation, { id }, null)).toThrow(ArgumentError);
  });

  it("refuses a header that would add a line", () => {
    expect(() =>
      buildRequest("https://a.example.com", operation, { id: 1, "X-Note": "a\r\nHost: evil" }, null),
    ).toThrow(ArgumentError);
  });
});
