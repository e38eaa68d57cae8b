import { z } from "@hono/zod-openapi";
import { optional } from "../optional.ts";
import { ProblemSchema } from "../schemas.ts";

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: ProblemSchema } },
});

/** What every route may answer instead: RFC 9457. */
export const problems = {
  400: problem("The request is not what the route takes"),
  401: problem("No person is known, or the credential is refused"),
  403: problem("The person may not do this, or the page is a foreign one"),
  404: problem("There is no such thing, or not for this person"),
};

/** A JSON answer with its description. */
export const answer = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { "application/json": { schema } },
});

/** A JSON body that must be there. */
export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { "application/json": { schema } },
});

/** A file: as a form, or as the body itself. Documentation only; the body is read as a stream. */
export const fileBody = (fields: Readonly<Record<string, string>>) => ({
  required: true,
  content: {
    "multipart/form-data": {
      schema: {
        type: "object" as const,
        required: ["file"],
        properties: {
          file: { type: "string" as const, format: "binary" },
          ...Object.fromEntries(
            Object.entries(fields).map(([name, description]) => [
              name,
              { type: "string" as const, description },
            ]),
          ),
        },
      },
    },
    "application/octet-stream": {
      schema: {
        type: "string" as const,
        format: "binary",
        description: "The file itself; `?name=` and the form's other fields stand in the query.",
      },
    },
  },
});

/** IANA zone or instant in bodies that set the clock for words. */
export const clock = {
  now: optional(z.iso.datetime({ offset: true })).openapi({
    description: "Fixes the clock for words and windows",
  }),
  zone: optional(z.string()).openapi({ description: "IANA name; words about time are meant in it" }),
};

/** Body fields of `clock` as the service takes them. */
export function clockOf(given: { now?: string | undefined; zone?: string | undefined }): {
  now?: Date;
  zone?: string;
} {
  return {
    ...(given.now === undefined ? {} : { now: new Date(given.now) }),
    ...(given.zone === undefined ? {} : { zone: given.zone }),
  };
}
