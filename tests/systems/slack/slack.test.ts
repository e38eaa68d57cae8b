import { afterEach, describe, expect, it, vi } from "vitest";
import { NotAllowedError } from "../../../agent/errors.ts";
import type { AgentService, PlanStep, ThreadEvent } from "../../../agent/service.ts";
import { createServiceDouble, type ServiceDouble } from "../../../channels/fixtures/service.ts";
import { proposal, views } from "../../../channels/fixtures/views.ts";
import { createInbox, memoryStore } from "../../../channels/inbox.ts";
import { listen } from "../../../channels/listen.ts";
import { createSlackChannel } from "../../../channels/slack/channel.ts";
import { actionIds } from "../../../channels/slack/proposal-card.ts";
import { viewBlocks } from "../../../channels/slack/views.ts";
import { complaintsAbout } from "./block-rules.ts";
import { type SentMessage, SlackDouble } from "./slack-double.ts";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function workspace(service: ServiceDouble = createServiceDouble()) {
  const slack = await new SlackDouble().start();
  const errors: unknown[] = [];
  const channel = await createSlackChannel(service, createInbox(memoryStore), {
    botToken: slack.botToken,
    signingSecret: slack.signingSecret,
    apiUrl: slack.apiUrl,
    link: (thread, fact) =>
      `https://millwright.example/threads/${encodeURIComponent(thread)}?panel=fact/${fact}`,
    onError: (error) => errors.push(error),
    updateMilliseconds: 30,
  });
  await channel.start();
  const routes = channel.routes;
  if (!routes) throw new Error("no routes");
  const server = await listen((request) => routes.fetch(request), "127.0.0.1", 0);
  slack.target = `${server.address}/slack/events`;
  cleanups.push(
    () => slack.stop(),
    () => server.close(0),
    () => channel.stop(),
  );
  return { slack, service, errors };
}

const settled = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 20 });
const actionsOf = (message: SentMessage | undefined) =>
  message?.blocks.filter((block) => block["type"] === "actions") ?? [];
/** As a reader sees it: escapes undone. */
const allText = (message: SentMessage | undefined): string =>
  JSON.stringify(message?.blocks ?? [])
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
function buttonOf(message: SentMessage): Record<string, unknown> {
  const elements = actionsOf(message).flatMap((block) => block["elements"] as Record<string, unknown>[]);
  const [button] = elements;
  if (!button) throw new Error("The message has no button.");
  return button;
}

describe("a question", () => {
  it("is acknowledged at once and answered in its thread, with evidence marks that open the web app", async () => {
    const { slack, service, errors } = await workspace();
    const event = slack.mention("where do we wait?", "U1");
    const delivery = await slack.deliver(event);
    expect(delivery).toMatchObject({ status: 200 });
    expect(delivery.milliseconds).toBeLessThan(1_000);
    await settled(() => expect(slack.messages[0]?.blocks.length).toBeGreaterThan(0));
    const [answer] = slack.messages;
    expect(slack.messages).toHaveLength(1);
    expect(answer?.threadTs).toBe(event["ts"]);
    expect(answer?.history[0]?.text).toContain("Looking into it");
    expect(allText(answer)).toContain("panel=fact/f0123abcd|[1]>");
    expect(service.requests[0]?.request).toMatchObject({
      person: { id: "maya" },
      text: "where do we wait?",
      thread: `slack:T1:C1:${event["ts"]}`,
    });
    expect(slack.refusals).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("with a plan shows its steps in one message that changes, and ends with what was done", async () => {
    const step = (id: string, state: PlanStep["state"], note: string | null = null): PlanStep => ({
      ...{ id, tool: "a.b", why: null, dependsOn: [], after: [], onceDecided: null, proposals: [] },
      ...{ title: `Step <${id}>`, state, note },
    });
    const begun = createServiceDouble();
    const plan = { steps: [step("a", "done"), step("b", "stopped", "Enough.")], closing: "Done: Step <a>." };
    const bodies: ThreadEvent["body"][] = [
      { type: "plan", calls: [], steps: [step("a", "waiting"), step("b", "waiting")] },
      { type: "step", step: step("a", "done") },
      { type: "steered", words: "only DE", steering: { kind: "stop" }, said: "Fewer cases." },
      { type: "stopped", plan },
    ];
    const service: ServiceDouble = {
      ...begun,
      async *send() {
        for (const [index, body] of bodies.entries()) {
          yield {
            thread: "t",
            seq: index + 1,
            turn: "u",
            at: "2026-01-01T00:00:00.000Z",
            person: null,
            body,
          };
          await new Promise((resolve) => setTimeout(resolve, 80));
        }
      },
    };
    const { slack } = await workspace(service);
    await slack.deliver(slack.mention("do it all", "U1"));
    await settled(() => expect(slack.messages[0]?.text).toContain("_Stopped._"));
    expect(slack.messages).toHaveLength(1);
    const history = slack.messages[0]!.history.map(({ text }) => text).join("\n===\n");
    expect(history).toContain(":white_circle: 1. Step &lt;a&gt;");
    expect(history).toContain(":white_check_mark: 1. Step &lt;a&gt;");
    expect(history).toContain(":speech_balloon: only DE: Fewer cases.");
    expect(slack.messages[0]?.text).toContain("Done: Step &lt;a&gt;.");
    expect(slack.refusals).toEqual([]);
  });

  describe("that takes long", () => {
    /** Works until it is told that it was stopped. */
    async function working(body: ThreadEvent["body"], stopTurn: AgentService["stopTurn"]) {
      const stopped = Promise.withResolvers<void>();
      const event = (seq: number, of: ThreadEvent["body"]): ThreadEvent => ({
        ...{ thread: "t", seq, turn: "turn-7", at: "2026-01-01T00:00:00.000Z", person: null, body: of },
      });
      const service: ServiceDouble = {
        ...createServiceDouble(),
        async *send() {
          yield event(1, body);
          await stopped.promise;
          yield event(2, { type: "stopped" });
        },
        async stopTurn(request) {
          const ended = await stopTurn(request);
          stopped.resolve();
          return ended;
        },
      };
      const { slack } = await workspace(service);
      cleanups.push(async () => stopped.resolve());
      const said = slack.mention("do it all", "U1");
      await slack.deliver(said);
      await settled(() => expect(actionsOf(slack.messages[0])).toHaveLength(1));
      return { slack, button: buttonOf(slack.messages[0]!), thread: `slack:T1:C1:${said["ts"]}` };
    }
    const waiting: PlanStep = {
      ...{ id: "a", tool: "a.b", why: null, dependsOn: [], after: [], onceDecided: null, proposals: [] },
      ...{ title: "Step a", state: "waiting", note: null },
    };

    it.each<[string, ThreadEvent["body"]]>([
      ["with a plan", { type: "plan", calls: [], steps: [waiting, waiting, waiting] }],
      ["without one", { type: "progress", call: "c", message: "Replaying the cases", share: 0.4 }],
    ])("is stopped by the button, %s; the button goes with the answer", async (_, body) => {
      const asked: unknown[] = [];
      const { slack, button, thread } = await working(body, async (request) => {
        asked.push(request);
        return true;
      });
      await slack.pressButton(slack.messages[0]!, button, "U1");
      await settled(() => expect(slack.messages[0]?.text).toContain("_Stopped._"));
      expect(asked).toMatchObject([{ person: { id: "maya" }, thread, turn: "turn-7" }]);
      expect(actionsOf(slack.messages[0])).toEqual([]);
      expect(slack.ephemerals).toEqual([]);
      expect(slack.refusals).toEqual([]);
    });

    it("pressed twice is stopped once, and the second press is told so privately", async () => {
      const pressed: unknown[] = [];
      const { slack, button } = await working(
        { type: "plan", calls: [], steps: [waiting, waiting, waiting] },
        async () => pressed.push(1) === 1,
      );
      await slack.pressButton(slack.messages[0]!, button, "U1");
      await settled(() => expect(slack.messages[0]?.text).toContain("_Stopped._"));
      await slack.pressButton(slack.messages[0]!, button, "U1");
      await settled(() => expect(slack.ephemerals.at(-1)?.text).toContain("ended already"));
      expect(slack.messages).toHaveLength(1);
    });

    it("is not stopped by who may not, nor by who is mapped to nobody", async () => {
      const { slack, button } = await working(
        { type: "plan", calls: [], steps: [waiting, waiting, waiting] },
        async () => {
          throw new NotAllowedError("Only maya or an administrator may stop this", "admin");
        },
      );
      await slack.pressButton(slack.messages[0]!, button, "U2");
      await settled(() => expect(slack.ephemerals.at(-1)?.text).toContain("Only maya or an administrator"));
      await slack.pressButton(slack.messages[0]!, button, "U9");
      await settled(() => expect(slack.ephemerals.at(-1)?.text).toContain("do not know who you are"));
      await slack.pressButton(slack.messages[0]!, { ...button, value: "{}" }, "U1");
      await settled(() => expect(slack.ephemerals.at(-1)?.text).toContain("stops nothing"));
      expect(actionsOf(slack.messages[0])).toHaveLength(1);
    });
  });

  it("in a direct message begins a private thread", async () => {
    const { slack, service } = await workspace();
    await slack.deliver(slack.directMessage("where do we wait?", "U1"));
    await settled(() => expect(slack.messages[0]?.blocks.length).toBeGreaterThan(0));
    expect(service.requests[0]?.request).toMatchObject({ private: true, text: "where do we wait?" });
  });

  it("goes on in the same thread", async () => {
    const { slack, service } = await workspace();
    const first = slack.mention("where?", "U1");
    await slack.deliver(first);
    await slack.deliver(slack.mention("and why?", "U1", { thread_ts: String(first["ts"]) }));
    await settled(() => expect(service.requests).toHaveLength(2));
    const threads = service.requests.map(({ request }) => (request as { thread: string }).thread);
    expect(new Set(threads).size).toBe(1);
  });

  it("that Slack sends eleven times under new event ids, also at once, gets one answer", async () => {
    const { slack, service } = await workspace();
    const event = slack.mention("where?", "U1");
    await Promise.all(
      Array.from({ length: 11 }, (_, retry) => slack.deliver(event, retry === 0 ? {} : { retry })),
    );
    await settled(() => expect(slack.messages[0]?.blocks.length).toBeGreaterThan(0));
    expect(slack.messages).toHaveLength(1);
    expect(service.requests.filter(({ method }) => method === "send")).toHaveLength(1);
  });

  it("by somebody who is mapped to nobody is refused, privately, and the agent hears nothing", async () => {
    const { slack, service } = await workspace();
    await slack.deliver(slack.mention("where?", "U9"));
    await settled(() => expect(slack.ephemerals).toHaveLength(1));
    expect(slack.ephemerals[0]).toMatchObject({ user: "U9", channel: "C1" });
    expect(slack.messages).toEqual([]);
    expect(service.requests).toEqual([]);
  });

  it("by a bot, an edit or channel talk without a mention is left alone", async () => {
    const { slack, service } = await workspace();
    const talk = { ...slack.directMessage("where?", "U1"), channel_type: "channel", channel: "C1" };
    await slack.deliver(talk);
    await slack.deliver({ ...slack.directMessage("x", "U1"), subtype: "message_changed" });
    await slack.deliver({ ...slack.directMessage("x", "U1"), bot_id: "B7" });
    expect(service.requests).toEqual([]);
    expect(slack.messages).toEqual([]);
  });

  it("that fails is answered with what to do, not with silence", async () => {
    const failing: AgentService["send"] = async function* () {
      yield* [] as ThreadEvent[];
      throw Object.assign(new Error("secret detail"), {});
    };
    const { slack, errors } = await workspace(createServiceDouble({ send: failing }));
    await slack.deliver(slack.mention("where?", "U1"));
    await settled(() => expect(slack.messages[0]?.text).toContain(":warning:"));
    expect(slack.messages[0]?.text).not.toContain("secret detail");
    expect(String(errors[0])).toContain("secret detail");
  });
});

describe("an answer that grows", () => {
  it("is updated at most once per interval, and its last state arrives", async () => {
    const reply = createServiceDouble();
    const slow: AgentService["send"] = async function* (request) {
      for await (const event of reply.send(request)) {
        yield event;
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    };
    const { slack } = await workspace(createServiceDouble({ send: slow }));
    await slack.deliver(slack.mention("where?", "U1"));
    await settled(() => expect(slack.messages[0]?.blocks.length).toBeGreaterThan(0));
    const history = slack.messages[0]?.history ?? [];
    expect(history.length).toBeGreaterThan(2);
    const streamed = history.slice(1, -1).map((state) => state.text);
    for (const [index, text] of streamed.entries()) {
      expect(text.startsWith(streamed[index - 1] ?? "")).toBe(true);
    }
  });
});

describe("a proposal", () => {
  async function proposed(service: ServiceDouble = createServiceDouble()) {
    const found = await workspace(service);
    await found.slack.deliver(found.slack.mention("fix it", "U1"));
    await settled(() => {
      expect(found.slack.messages).toHaveLength(2);
      expect(found.slack.messages[0]?.blocks.length).toBeGreaterThan(0);
    });
    const card = found.slack.messages[1] as SentMessage;
    return { ...found, card };
  }

  it("is a message of its own in the thread, with what an approver must see and two buttons", async () => {
    const { slack, card } = await proposed();
    expect(card.threadTs).toBe(slack.messages[0]?.threadTs);
    const text = allText(card);
    for (const part of [
      proposal.summary,
      proposal.preview.why,
      "12 cases",
      "8,400 EUR",
      "Withdrawing the rule",
      "ana or ben",
    ]) {
      expect(text).toContain(part);
    }
    const buttons = actionsOf(card).flatMap((block) => block["elements"] as { value: string }[]);
    const values = buttons.map(({ value }) => JSON.parse(value));
    expect(values).toEqual(Array(2).fill({ proposal: proposal.id, digest: proposal.digest }));
    expect(slack.refusals).toEqual([]);
  });

  it("is decided by a mapped person; the buttons go and the receipt comes", async () => {
    const { slack, service, card } = await proposed();
    const delivery = await slack.press(card, actionIds.approve, "U2");
    expect(delivery.status).toBe(200);
    await settled(() => expect(allText(card)).toContain("Published rule escalate-large"));
    expect(actionsOf(card)).toEqual([]);
    expect(allText(card)).toContain("ana approved");
    expect(service.requests.find(({ method }) => method === "decide")?.request).toMatchObject({
      person: { id: "ana" },
      digest: proposal.digest,
      verdict: "approve",
      channel: "slack",
    });
    const dead = card.history.find((state) => JSON.stringify(state.blocks).includes("is approving this"));
    expect(JSON.stringify(dead?.blocks)).not.toContain('"actions"');
  });

  it("pressed twice has one effect, and the second press is told so privately", async () => {
    const { slack, card } = await proposed();
    const button = buttonOf(card);
    await slack.pressButton(card, button, "U2");
    await settled(() => expect(allText(card)).toContain("Executed"));
    await slack.pressButton(card, button, "U2");
    await settled(() => expect(slack.ephemerals.at(-1)?.text).toContain("Already decided by you"));
  });

  it("cannot be decided by who is mapped to nobody, nor by who may not; the buttons stay", async () => {
    const { slack, service, card } = await proposed();
    await slack.press(card, actionIds.approve, "U9");
    await settled(() => expect(slack.ephemerals).toHaveLength(1));
    expect(service.requests.some(({ method }) => method === "decide")).toBe(false);
    await slack.press(card, actionIds.approve, "U1");
    await settled(() => expect(slack.ephemerals.at(-1)?.text).toContain("Only an approver"));
    await settled(() => expect(actionsOf(card)).toHaveLength(1));
  });

  it("is not decided by a button whose digest is another input's", async () => {
    const { slack, card } = await proposed();
    const button = buttonOf(card);
    const forged = { ...button, value: JSON.stringify({ proposal: proposal.id, digest: "00" }) };
    await slack.pressButton(card, forged, "U2");
    await settled(() => expect(slack.ephemerals.at(-1)?.text).toContain("not the one you saw"));
    await slack.pressButton(card, { ...button, value: "garbage" }, "U2");
    await settled(() => expect(slack.ephemerals.at(-1)?.text).toContain("no proposal of ours"));
    expect(allText(card)).not.toContain("Executed");
  });

  it("shows a decision that was made elsewhere", async () => {
    const receipt = {
      ...proposal,
      state: "executed",
      receipt: { summary: "Done in the web app.", references: [] },
    };
    const base = createServiceDouble();
    const replay: AgentService["replay"] = async function* ({ thread, follow }) {
      const at = new Date(0).toISOString();
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (follow)
        yield { thread, seq: 9, turn: "t", at, person: null, body: { type: "receipt", proposal: receipt } };
    };
    const { card } = await proposed({ ...base, replay });
    await settled(() => expect(allText(card)).toContain("Done in the web app."));
    expect(actionsOf(card)).toEqual([]);
  });
});

describe("requests that are not Slack's", () => {
  it("are refused: another secret, an old or a future timestamp, changed bytes", async () => {
    const { slack, service } = await workspace();
    const event = slack.mention("where?", "U1");
    const now = Math.floor(Date.now() / 1000);
    for (const options of [
      { secret: "guess" },
      { timestamp: now - 301 },
      { timestamp: now + 301 },
      { tamper: (body: string) => body.replace("where", "there") },
    ]) {
      const delivery = await slack.deliver(event, options);
      expect(delivery.status).toBe(401);
      expect(JSON.parse(delivery.body).type).toBe("urn:millwright:slack-signature");
    }
    const unsigned = await fetch(slack.target, { method: "POST", body: "{}" });
    expect(unsigned.status).toBe(401);
    expect(service.requests).toEqual([]);
  });

  it("are refused when the very same bytes come again", async () => {
    const { slack, service } = await workspace();
    const event = slack.mention("where?", "U1");
    const same = { eventId: "Ev1", timestamp: Math.floor(Date.now() / 1000) };
    const realNow = Date.now;
    vi.spyOn(Date, "now").mockImplementation(() => realNow() - (realNow() % 1000));
    expect((await slack.deliver(event, same)).status).toBe(200);
    expect((await slack.deliver(event, same)).status).toBe(409);
    vi.restoreAllMocks();
    await settled(() => expect(service.requests).toHaveLength(1));
  });

  it("are no obstacle to Slack's own check of the address", async () => {
    const { slack } = await workspace();
    expect(JSON.parse((await slack.verifyUrl("c-1")).body)).toEqual({ challenge: "c-1" });
  });
});

describe("Socket Mode", () => {
  it("answers a mention when only an app token is set, and mounts no route", async () => {
    const slack = await new SlackDouble().start();
    const service = createServiceDouble();
    const errors: unknown[] = [];
    const channel = await createSlackChannel(service, createInbox(memoryStore), {
      botToken: slack.botToken,
      appToken: slack.appToken,
      apiUrl: slack.apiUrl,
      link: () => null,
      onError: (error) => errors.push(error),
      updateMilliseconds: 30,
    });
    expect(channel.routes).toBeNull();
    await channel.start();
    cleanups.push(
      () => slack.stop(),
      () => channel.stop(),
    );
    await settled(() => expect(slack.isConnected).toBe(true));
    const event = slack.mention("where do we wait?", "U1");
    const envelopes = [slack.deliverBySocket(event), slack.deliverBySocket(event)];
    await settled(() => expect(slack.messages[0]?.blocks.length).toBeGreaterThan(0));
    await settled(() => expect(slack.acknowledged).toEqual(envelopes));
    expect(slack.messages).toHaveLength(1);
    expect(slack.refusals).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("needs a signing secret or an app token", async () => {
    const options = { botToken: "xoxb-1", link: () => null, onError: () => undefined };
    const making = createSlackChannel(createServiceDouble(), createInbox(memoryStore), options);
    await expect(making).rejects.toThrow("Slack needs a way in");
  });
});

describe("views in Slack", () => {
  it.each(Object.entries(views))("the %s view keeps Slack's rules", (_, view) => {
    const blocks = viewBlocks(view);
    expect(blocks.length).toBeGreaterThan(0);
    expect(complaintsAbout(blocks)).toEqual([]);
  });

  it("keeps them too when everything is far too long", () => {
    const long = "very long <name> & more ".repeat(400);
    const rows = Array.from({ length: 500 }, (_, index) => ({ a: long, b: index }));
    const columns = [
      { key: "a", label: long, kind: "text" as const },
      { key: "b", label: "n", kind: "number" as const },
    ];
    expect(complaintsAbout(viewBlocks({ kind: "table", title: long, columns, rows }))).toEqual([]);
    expect(complaintsAbout(viewBlocks({ kind: "text", title: long, text: long }))).toEqual([]);
    const changes = rows.map(({ a }) => ({ what: a, before: a, after: a }));
    expect(complaintsAbout(viewBlocks({ kind: "diff", title: long, changes }))).toEqual([]);
    const preview = { ...proposal.preview, why: long, risks: [long, long], changes };
    const card = { ...proposal, summary: long, policy: long, preview };
    expect(complaintsAbout(viewBlocks({ kind: "proposal", proposal: card }))).toEqual([]);
  });

  it("text of a log mentions nobody and links nowhere", () => {
    const blocks = viewBlocks({ kind: "text", title: "<!channel>", text: "<@U1> <https://evil.example|ok>" });
    expect(JSON.stringify(blocks)).not.toMatch(/<[@!h]/);
  });
});
