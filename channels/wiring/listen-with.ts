/** Puts the channels on an address, and keeps the house while they listen. */
import { setImmediate } from "node:timers/promises";
import type { Hono } from "hono";
import { MillwrightError } from "../../errors.ts";
import type { Millwright, Report, ServeOptions } from "../millwright.ts";
import type { SlackChannel } from "../slack/channel.ts";
import { tenant } from "./tenant.ts";

interface Wiring extends ServeOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly report: Report;
  /** The built web app. */
  readonly site: string;
}

/** Puts the channels on an address. What must be undone is added to `cleanup`, in order. */
export async function listenWith(
  millwright: Millwright,
  options: Wiring,
  cleanup: (() => Promise<unknown>)[],
): Promise<string> {
  const { environment, report } = options;
  const { listen, isLoopback, ownAddress } = await import("../listen.ts");
  const host = options.host ?? (environment["HOST"] || "127.0.0.1");
  const secret = await localSecret(millwright, cleanup);
  const slack = await slackChannel(millwright, environment, report);
  const app = await httpApplication(millwright, options, isLoopback(host), secret, slack?.routes ?? null);
  const port = options.port ?? Number(environment["PORT"] || 4117);
  const server = await listen((request) => app.fetch(request), host, port);
  cleanup.push(() => server.close());
  await millwright.listensAt(ownAddress(server));
  cleanup.push(() => millwright.listensAt(null));
  if (slack) {
    await slack.start();
    cleanup.push(() => slack.stop());
  }
  await options.say?.(`Millwright listens at ${server.address}`);
  const token = millwright.embedded ? null : await millwright.firstToken();
  if (token !== null)
    await options.say?.(`First start: token of dev (administrator), shown this once: ${token}`);
  cleanup.push(beginUpkeep(millwright, report));
  if (options.open) await (await import("../browser.ts")).openBrowser(server.address, environment);
  return server.address;
}

/** On the embedded database: the secret by which the same OS user's command line is known. */
async function localSecret(
  { embedded, folder }: Millwright,
  cleanup: (() => Promise<unknown>)[],
): Promise<string | null> {
  if (!embedded) return null;
  const { removeSecret, writeSecret } = await import("../data-folder.ts");
  const secret = await writeSecret(folder);
  cleanup.push(() => removeSecret(folder, secret));
  return secret;
}

async function httpApplication(
  millwright: Millwright,
  { environment, report, site }: Wiring,
  loopback: boolean,
  secret: string | null,
  slack: Hono | null,
) {
  const [{ createHttpChannel }, { createCallers }, { createWebChannel }] = await Promise.all([
    import("../http/channel.ts"),
    import("../http/authenticate.ts"),
    import("../web/chat.ts"),
  ]);
  const { service } = millwright;
  const onError = (error: unknown) => {
    if (!(error instanceof MillwrightError) || error.status >= 500) report(error, "request");
  };
  const who = { tenant, local: millwright.embedded && loopback, ...(secret === null ? {} : { secret }) };
  const callers = createCallers(service, who);
  const web = createWebChannel(service, { site, onError, speaker: callers.speaker });
  return createHttpChannel(service, {
    ...who,
    callers,
    onError,
    hosts: (environment["MILLWRIGHT_HOSTS"] ?? "").split(",").filter((name) => name.trim() !== ""),
    secure: environment["MILLWRIGHT_URL"]?.startsWith("https://") === true,
    mine: (request) => millwright.mine(request),
    importLog: (request) => millwright.importLog(request),
    setKpis: (kpis) => millwright.setKpis(kpis),
    calendars: millwright.calendars,
    issueToken: (caller, owner, label) => millwright.issueToken(caller, owner, label),
    linkIdentity: (person, channel, subject) => millwright.linkIdentity(person, channel, subject),
    ready: () => millwright.isWarm(),
    mounts: slack ? [slack, web] : [web],
  });
}

/** Slack, where it is set up. */
async function slackChannel(
  millwright: Millwright,
  environment: NodeJS.ProcessEnv,
  report: Report,
): Promise<SlackChannel | null> {
  const botToken = environment["SLACK_BOT_TOKEN"];
  if (!botToken) return null;
  const [{ createSlackChannel }, { createInbox }] = await Promise.all([
    import("../slack/channel.ts"),
    import("../inbox.ts"),
  ]);
  const { SLACK_SIGNING_SECRET, SLACK_APP_TOKEN, SLACK_API_URL, MILLWRIGHT_URL } = environment;
  return createSlackChannel(millwright.service, createInbox(millwright.claim), {
    botToken,
    ...(SLACK_SIGNING_SECRET ? { signingSecret: SLACK_SIGNING_SECRET } : {}),
    ...(SLACK_APP_TOKEN ? { appToken: SLACK_APP_TOKEN } : {}),
    ...(SLACK_API_URL ? { apiUrl: SLACK_API_URL } : {}),
    onError: (error) => report(error, "slack"),
    link: (thread, fact) =>
      MILLWRIGHT_URL
        ? `${MILLWRIGHT_URL.replace(/\/$/, "")}/threads/${encodeURIComponent(thread)}?panel=fact/${fact}`
        : null,
  });
}

/**
 * Loads the agent behind the answers, and marks proposals that lapse: now, and then as a job, which one process of all
 * over this database does. Returns what ends it.
 */
function beginUpkeep(millwright: Millwright, report: Report): () => Promise<void> {
  const begin = async (): Promise<() => Promise<void>> => {
    await millwright.warm();
    await millwright.expire();
    return millwright.everyMinute("expire-proposals", () => millwright.expire());
  };
  const begun = begin().catch((error: unknown) => report(error, "upkeep"));
  const warmed = new AbortController();
  void begun
    .then(() => warmLanguages(warmed.signal))
    .catch((error: unknown) => warmed.signal.aborted || report(error, "warming"));
  return async () => {
    warmed.abort();
    await (await begun)?.();
  };
}

/** First words in every language are then read as fast as later ones; requests are answered between the pieces. */
async function warmLanguages(signal: AbortSignal): Promise<void> {
  const [{ warmPlanner }, { tools }] = await Promise.all([
    import("../../agent/model/offline/warm.ts"),
    import("../../tools/index.ts"),
  ]);
  await warmPlanner(tools, () => setImmediate(undefined, { signal }));
}
