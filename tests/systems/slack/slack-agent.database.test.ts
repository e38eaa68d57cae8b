/** Slack over the real agent: a question, a change, the wrong person, the right one, one effect in another system. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Served, serve } from "../../../channels/main.ts";
import { actionIds } from "../../../channels/slack/proposal-card.ts";
import { withFile } from "../../../channels/temporary-file.ts";
import { generateSample } from "../../../tools/logs/samples/generate.ts";
import { openTestDatabase, type TestDatabase, testServer } from "../../fixtures/database.ts";
import { temporaryFolder } from "../../integration/cli-process.ts";
import { type RunningTickets, startTickets } from "../tickets/start.ts";
import { SlackDouble } from "./slack-double.ts";

const ticketsToken = "a-secret-of-the-ticket-system";
let slack: SlackDouble;
let tickets: RunningTickets;
let served: Served;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: TestDatabase | null = null;
const failures: unknown[] = [];

beforeAll(async () => {
  [slack, tickets, folder] = await Promise.all([
    new SlackDouble().start(),
    startTickets({ token: ticketsToken }),
    temporaryFolder(),
  ]);
  database = testServer === undefined ? null : await openTestDatabase();
  served = await serve({
    data: folder.path,
    port: 0,
    samples: false,
    site: folder.path,
    report: (error) => failures.push(error),
    allowedHosts: [`127.0.0.1:${tickets.port}`],
    environment: {
      TICKETS_TOKEN: ticketsToken,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      MILLWRIGHT_URL: "https://millwright.example",
    },
    ...(database?.url ? { databaseUrl: database.url } : {}),
  });
  slack.target = `${served.address}/slack/events`;
  const { millwright } = served;
  const { service, tenant } = millwright;
  await millwright.linkIdentity("maya", "slack", "T1/U1");
  await millwright.linkIdentity("ana", "slack", "T1/U2");
  const [arun, dev] = await Promise.all(
    ["arun", "dev"].map((person) => service.identify({ person, tenant })),
  );
  const { csv } = generateSample("order-to-cash");
  await withFile("order-to-cash.csv", csv, (path) =>
    millwright.importLog({ person: arun ?? null, name: "order-to-cash.csv", path }),
  );
  const credential = { id: "tickets", scheme: "bearer", references: { token: "env:TICKETS_TOKEN" } };
  const input = { specification: tickets.specification, id: "tickets", baseUrl: tickets.url, credential };
  await service.call({ person: dev ?? null, tenant, tool: "connectors.import", input });
});
afterAll(async () => {
  await served.close();
  await Promise.all([slack.stop(), tickets.close(), database?.close()]);
  await folder.remove();
});

/** Waits; what the server reported or Slack refused meanwhile is the better reason when it does not come. */
const settled = (check: () => void) =>
  vi.waitFor(
    () => {
      expect(failures).toEqual([]);
      expect(slack.refusals).toEqual([]);
      check();
    },
    { timeout: 40_000, interval: 50 },
  );
const shown = (index: number): string => JSON.stringify(slack.messages[index]?.blocks ?? []);
const ticketsThere = async () => {
  const headers = { authorization: `Bearer ${ticketsToken}` };
  return (await (await fetch(`${tickets.url}/tickets`, { headers })).json()) as { id: string }[];
};

it("goes from a question to one effect, and shows it where it was asked", async () => {
  const question = slack.mention("where do we lose time?", "U1");
  const thread_ts = String(question["ts"]);
  expect((await slack.deliver(question)).milliseconds).toBeLessThan(3_000);
  await settled(() => expect(shown(0)).toContain("Credit check"));
  expect(shown(0)).toMatch(
    /https:\/\/millwright\.example\/threads\/slack%3AT1%3AC1%3A[\d.]+\?panel=fact\/f[0-9a-f]{8}\|\[1\]/,
  );

  await slack.deliver(slack.mention("optimise the staffing", "U1", { thread_ts }));
  await settled(() => expect(slack.messages[1]?.blocks.length).toBeGreaterThan(0));
  await slack.deliver(slack.mention("do it", "U1", { thread_ts }));
  await settled(() =>
    expect(slack.messages.some((message) => JSON.stringify(message.blocks).includes(actionIds.approve))).toBe(
      true,
    ),
  );
  const card = slack.messages.find((message) => JSON.stringify(message.blocks).includes(actionIds.approve))!;
  expect(card.threadTs).toBe(thread_ts);

  await slack.press(card, actionIds.approve, "U1");
  await settled(() => expect(slack.ephemerals.at(-1)).toMatchObject({ user: "U1" }));
  await settled(() => expect(JSON.stringify(card.blocks)).toContain(actionIds.approve));
  expect(await ticketsThere()).toEqual([]);

  await slack.press(card, actionIds.approve, "U2");
  await settled(() => expect(JSON.stringify(card.blocks)).toContain("T-1001"));
  expect(JSON.stringify(card.blocks)).not.toContain(actionIds.approve);
  expect(await ticketsThere()).toHaveLength(1);
  expect(slack.refusals).toEqual([]);
  expect(failures).toEqual([]);
}, 120_000);
