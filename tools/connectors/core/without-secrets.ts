/** Takes out of an answer what a credential had put into the request: some systems say back what they were sent. */
import type { HttpRequest } from "./request.ts";

/** Shorter ones could be words of the answer. */
const shortest = 6;

/**
 * The text without the secrets that stand in `authorized` and not in `given`: whole header values, what follows their
 * scheme, the parts of a Basic pair, and values of the query; as they are, percent-encoded, and as JSON writes them.
 */
export function withoutSecrets(text: string, given: HttpRequest, authorized: HttpRequest): string {
  const secrets = [...headerSecrets(given, authorized), ...querySecrets(given, authorized)];
  const spellings = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ]);
  const longestFirst = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return longestFirst
    .filter(({ length }) => length >= shortest)
    .reduce((shown, secret) => shown.replaceAll(secret, "(secret)"), text);
}

function headerSecrets(given: HttpRequest, authorized: HttpRequest): string[] {
  return Object.entries(authorized.headers)
    .filter(([name, value]) => given.headers[name] !== value)
    .flatMap(([, value]) => {
      const [scheme = "", rest] = value.split(" ", 2);
      if (rest === undefined) return [value];
      return /^basic$/i.test(scheme) ? [rest, atob(rest).replace(/^[^:]*:/, "")] : [rest];
    });
}

function querySecrets(given: HttpRequest, authorized: HttpRequest): string[] {
  const before = new URL(given.url).searchParams;
  return [...new URL(authorized.url).searchParams]
    .filter(([name, value]) => !before.getAll(name).includes(value))
    .map(([, value]) => value);
}
