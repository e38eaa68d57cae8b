/** What the HTTP channel itself refuses, before the service is asked. */
import { MillwrightError } from "../../errors.ts";

export class SignInRequiredError extends MillwrightError {
  constructor(detail = "This needs a person, and none is known.") {
    super("sign-in-required", 401, detail, {
      remedy:
        "Send `Authorization: Bearer <token>` (make one with `millwright token --as PERSON`), or sign in.",
    });
  }
}

export class CredentialRefusedError extends MillwrightError {
  constructor() {
    super("credential-refused", 401, "The credential is unknown, expired or revoked.", {
      remedy: "Make a new token with `millwright token --as PERSON`.",
    });
  }
}

export class LocalOnlyError extends MillwrightError {
  constructor() {
    super(
      "local-only",
      403,
      "Choosing a person from a list works only on the embedded database, on loopback.",
      {
        remedy: "Sign in with a token.",
      },
    );
  }
}

export class AdministratorNeededError extends MillwrightError {
  constructor() {
    super("administrator-needed", 403, "Only an administrator may do this.", { expected: "role admin" });
  }
}

export class UnknownPersonError extends MillwrightError {
  constructor(person: string) {
    super("unknown-person", 403, `Nobody here is called “${person}”.`, { value: person });
  }
}

export class ForeignHostError extends MillwrightError {
  constructor(host: string) {
    super("foreign-host", 421, `This server does not answer for the host “${host}”.`, {
      value: host,
      remedy: "Use its own address, or name the host in MILLWRIGHT_HOSTS.",
    });
  }
}

export class ForeignOriginError extends MillwrightError {
  constructor(origin: string) {
    super("foreign-origin", 403, `A page of ${origin} may not change anything here.`, { value: origin });
  }
}

export class ContentTypeError extends MillwrightError {
  constructor(given: string, expected: string) {
    super("content-type", 415, `The body is ${given || "of no stated type"}; ${expected} is expected.`, {
      value: given,
      expected,
    });
  }
}

export class InvalidRequestError extends MillwrightError {
  constructor(detail: string, column?: string) {
    super("invalid-request", 400, detail, {
      ...(column === undefined ? {} : { column }),
      remedy: "See /docs for what this route takes.",
    });
  }
}

export class BodyTooLargeError extends MillwrightError {
  constructor(limit: number) {
    super("body-too-large", 413, `The body is larger than the ${limit} bytes this route takes.`, {
      expected: `at most ${limit} bytes`,
    });
  }
}

export class RouteNotFoundError extends MillwrightError {
  constructor(path: string) {
    super("not-found", 404, `There is nothing at ${path}.`, {
      value: path,
      remedy: "See /docs for what there is.",
    });
  }
}

export class MethodNotAllowedError extends MillwrightError {
  readonly allowed: string;
  constructor(method: string, path: string, allowed: string) {
    super("method-not-allowed", 405, `${method} does nothing at ${path}.`, {
      value: method,
      expected: allowed,
    });
    this.allowed = allowed;
  }
}

export class NotOfferedError extends MillwrightError {
  constructor(what: string) {
    super("not-offered", 501, `This server was started without ${what}.`);
  }
}
