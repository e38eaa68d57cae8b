/** Opens secret references. Nothing here or above it logs, stores or reports what they hold. */
import { readFile } from "node:fs/promises";
import { MillwrightError } from "../../errors.ts";

export class SecretError extends MillwrightError {
  override readonly noEffect = true;
  constructor(reference: string, why: string) {
    super("secret", 424, `The secret "${reference}" cannot be opened: ${why}.`, {
      value: reference,
      expected: "env:NAME or file:/path",
      remedy: "Set it where the server runs, then try again.",
    });
  }
}

/** @throws SecretError when the reference is malformed or empty */
export async function openSecret(
  reference: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const [scheme, ...rest] = reference.split(":");
  const name = rest.join(":");
  if (scheme === "env") return present(reference, environment[name], "the environment has no such variable");
  if (scheme === "file") {
    const text = await readFile(name, "utf8").catch(() => undefined);
    return present(reference, text?.trim(), "there is no such file, or it cannot be read");
  }
  throw new SecretError(reference, "it is not a reference");
}

function present(reference: string, secret: string | undefined, why: string): string {
  if (!secret) throw new SecretError(reference, why);
  return secret;
}
