/** Secrets are given by reference, `env:NAME` or `file:/path`, and looked up at the moment of use. */
import { readFileSync } from "node:fs";
import { MillwrightError } from "../../errors.ts";

export class SecretMissingError extends MillwrightError {
  constructor(reference: string) {
    super("secret-missing", 500, `The secret ${reference} is not there`, {
      value: reference,
      expected: "env:NAME or file:/path that holds it",
      remedy: "Set the variable or write the file, then start again.",
    });
  }
}

/** The secret itself. Throws `SecretMissingError`, which names the reference only. */
export function readSecret(reference: string): string {
  const [kind, place] = [
    reference.slice(0, reference.indexOf(":")),
    reference.slice(reference.indexOf(":") + 1),
  ];
  const secret =
    kind === "env" ? process.env[place] : kind === "file" ? readFileSync(place, "utf8").trim() : undefined;
  if (secret === undefined || secret === "") throw new SecretMissingError(reference);
  return secret;
}
