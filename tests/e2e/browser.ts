/**
 * A real Chromium for the end-to-end tests: the one from npm (@sparticuz/chromium), else Debian's. Neither there, or
 * libraries missing: the suites are skipped with the reason, or fail where MILLWRIGHT_STRICT=1.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/**
 * Flags of the packaged Chromium that are meant for one page in a function: in a single process the second context
 * ends the browser, and without web security the content security policy would not be tested.
 */
const notHere = new Set([
  "--single-process",
  "--no-zygote",
  "--disable-web-security",
  "--allow-running-insecure-content",
]);
const debian = "/usr/bin/chromium";

export type Found = { readonly path: string; readonly args: readonly string[] } | { readonly reason: string };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function fromPackage(): Promise<Found> {
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    return {
      path: await packaged.executablePath(),
      args: packaged.args.filter((flag) => !notHere.has(flag)),
    };
  } catch (error) {
    return { reason: `@sparticuz/chromium: ${messageOf(error)}` };
  }
}

/** Asks the binary for its version, which fails at once where a shared library is missing. */
async function starts(found: Found): Promise<Found> {
  if ("reason" in found) return found;
  try {
    await promisify(execFile)(found.path, ["--version", "--headless", "--no-sandbox"], { timeout: 30_000 });
    return found;
  } catch (error) {
    return { reason: `${found.path}: ${messageOf(error).split("\n").slice(0, 3).join(" ")}` };
  }
}

/** The Chromium to use, or why there is none. */
export async function findBrowser(): Promise<Found> {
  const packaged = await starts(await fromPackage());
  if ("path" in packaged) return packaged;
  if (!existsSync(debian)) return { reason: `${packaged.reason}; and there is no ${debian}` };
  const installed = await starts({ path: debian, args: flags });
  return "path" in installed ? installed : { reason: `${packaged.reason}; ${installed.reason}` };
}

export async function launchBrowser(): Promise<Browser> {
  const found = await findBrowser();
  if ("reason" in found) throw new Error(`No Chromium starts here. ${found.reason}`);
  return chromium.launch({ executablePath: found.path, args: [...found.args], headless: true });
}
