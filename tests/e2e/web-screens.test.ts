/** Every screen in a real Chromium, on recorded figures: what it shows, how it behaves, and that everyone can use it. */
import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWhere } from "../fixtures/needs.ts";
import { findBrowser, launchBrowser } from "./browser.ts";
import {
  ask,
  dropFile,
  expectAccessible,
  expectNoSidewaysScroll,
  openPage,
  settled,
  signIn,
  signOut,
} from "./page.ts";
import { type Screens, serveScreens } from "./screens-server.ts";

const found = await findBrowser();
const need = "path" in found ? "a Chromium" : `a Chromium (${found.reason})`;

describeWhere("path" in found, need, "the web app", () => {
  let server: Screens;
  let browser: Browser;
  beforeAll(async () => {
    server = await serveScreens();
    browser = await launchBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close(100);
  });

  it("answers with a headline, figures, assumptions and a map, without a complaint from the page", async () => {
    const { context, page, complaints } = await openPage(browser, server.address);
    await signIn(page, "Maya");
    await page.getByRole("button", { name: "Where do we lose time?" }).click();
    await page.getByRole("list", { name: "Figures" }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/threads\/.+/);
    expect(await page.getByRole("list", { name: "Figures" }).getByRole("listitem").count()).toBe(3);
    await page.getByText(/n = 1,184/).waitFor();
    const map = page.getByRole("group", { name: /^Process map: / });
    await map.getByRole("button", { name: /^Check credit, .*bottleneck/ }).waitFor();
    const thread = page.url();
    await page.reload();
    await page.getByRole("list", { name: "Figures" }).waitFor();
    expect(page.url()).toBe(thread);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("opens a figure's evidence by click, by address and by key, and runs it again", async () => {
    const { context, page } = await openPage(browser, server.address);
    await signIn(page, "Maya");
    await ask(page, "where do we lose time?");
    await page.locator("[data-evidence]").first().click();
    const panel = page.getByRole("complementary", { name: "Evidence" });
    await panel.getByText("Run again just now: the same").waitFor();
    expect(await panel.getByText(/select avg/).count()).toBe(1);
    expect(new URL(page.url()).searchParams.get("panel")).toMatch(/^fact\/f/);
    await page.reload();
    await panel.getByText("Rows used").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => panel.count()).toBe(0);
    await page.getByRole("list", { name: "Figures" }).waitFor();
    await page.keyboard.press("e");
    await panel.waitFor();
    await context.close();
  });

  it("shows what is being done with a way to stop it, and picks a running answer up after a reload", async () => {
    const { context, page } = await openPage(browser, server.address);
    await signIn(page, "Maya");
    server.service.pace = 1_500;
    try {
      await page.getByRole("button", { name: "Where do we lose time?" }).click();
      await page.locator("ol").getByText("Measuring 15,646 events").waitFor();
      await page.reload();
      await page.locator("ol").getByText("Measuring 15,646 events").waitFor();
      await page.getByRole("button", { name: "Stop" }).first().click();
      await page.getByText("Stopped. Nothing was changed.").waitFor();
    } finally {
      server.service.pace = 5;
    }
    await context.close();
  });

  it("says what to do when a question cannot be answered", async () => {
    const { context, page } = await openPage(browser, server.address);
    await signIn(page, "Maya");
    await ask(page, "what is the mean in kelvin?");
    await page
      .getByRole("alert")
      .getByText("It has: amount, region, customer. Ask about one of these.")
      .waitFor();
    await context.close();
  });

  it("never runs or renders what a log's text says", async () => {
    const { context, page, complaints } = await openPage(browser, server.address);
    await signIn(page, "Maya");
    await ask(page, '<img src=x onerror="document.title=1"> [x](javascript:alert(1)) **where**');
    expect(await page.locator("main img").count()).toBe(0);
    expect(await page.title()).toBe("Millwright");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("lets the right person approve once, however often they click, and shows the receipt everywhere", async () => {
    const maya = await openPage(browser, server.address);
    await signIn(maya.page, "Maya");
    await ask(maya.page, "what could we do about it?");
    await maya.page.locator("[data-proposal]").first().click();
    const seen = maya.page.getByRole("article", { name: /^Proposal/ });
    await seen.getByText("You asked for it, so somebody else decides.").waitFor();
    expect(await seen.getByRole("button", { name: "Publish rule" }).count()).toBe(0);

    const ana = await openPage(browser, server.address);
    await signIn(ana.page, "Ana");
    await ana.page.goto("/approvals");
    const list = ana.page.locator("[data-proposal]");
    await list.first().waitFor();
    expect(await list.first().textContent()).toContain("Cannot be undone");
    await ana.page.getByRole("button", { name: /^Skip the credit check/ }).click();
    const approve = ana.page.getByRole("button", { name: "Publish rule" });
    const reject = ana.page.getByRole("button", { name: "Reject" });
    await approve.waitFor();
    const [left, right] = [await approve.boundingBox(), await reject.boundingBox()];
    expect([left?.width, left?.height]).toEqual([right?.width, right?.height]);
    const sent: string[] = [];
    ana.page.on("request", (request) => {
      if (request.url().endsWith("/decision")) sent.push(request.postData() ?? "");
    });
    await approve.dblclick();
    await ana.page.locator('[data-receipt="executed"]').getByText("T-4711").waitFor();
    expect(await approve.count()).toBe(0);
    expect(sent).toHaveLength(1);
    expect(JSON.parse(sent[0] ?? "")).toMatchObject({
      verdict: "approve",
      digest: expect.stringMatching(/^ab12/),
    });
    expect(server.service.effects.get("p-7f3a")).toBe(1);
    await maya.page.locator('[data-receipt="executed"]').waitFor();
    await ana.context.close();
    await maya.context.close();
  });

  it("imports a dropped file with its progress, and shows the mapping with its reasons and the findings", async () => {
    const { context, page } = await openPage(browser, server.address);
    await signIn(page, "Arun");
    await page.goto("/logs");
    await dropFile(page, "orders.csv", "order_id;activity;completed\n1;a;01.02.2026 10:00\n");
    await page.getByRole("heading", { name: "order-to-cash" }).waitFor();
    await page.getByText("2,000 distinct values, each on several rows, and the name ends in id").waitFor();
    await page.getByText("Rows that stand there twice").waitFor();
    const activity = page.getByRole("combobox", { name: "Activity" });
    expect(await activity.locator("option").allInnerTexts()).toContain("completed");
    await activity.selectOption("completed");
    await page.getByRole("button", { name: "Import again with this mapping" }).click();
    await page.getByRole("button", { name: "Import again with this mapping" }).waitFor();
    await context.close();
  });

  it("names file, line and column of a file that cannot be read", async () => {
    const { context, page } = await openPage(browser, server.address);
    await signIn(page, "Arun");
    await page.goto("/logs");
    await dropFile(page, "broken.csv", "a;b;c\n");
    const alert = page.getByRole("alert");
    await alert.getByText("“31.02.2026” is not a date.").waitFor();
    await alert.getByText("broken.csv, line 3, column completed").waitFor();
    await context.close();
  });

  it("changes how much of the map is shown, prints the share, and hands the drawing over as SVG", async () => {
    const { context, page } = await openPage(browser, server.address);
    await signIn(page, "Arun");
    await page.goto("/process/log-otc");
    const slider = page.getByRole("slider", { name: "Detail" });
    await slider.waitFor();
    await page.getByText("20 of 20 paths, 100% of all steps").waitFor();
    await slider.fill("0.2");
    await expect
      .poll(() => page.locator("output").textContent())
      .toMatch(/^\d+ of 20 paths, [\d.]+% of all steps$/);
    await page.locator(".map-node").first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    expect(await page.locator('.map-node[aria-pressed="true"]').count()).toBe(1);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download as SVG" }).click(),
    ]);
    const svg = await readFile(await download.path(), "utf8");
    expect(svg).toContain("Check credit");
    expect(svg).not.toMatch(/var\(--|lab\(|oklch\(/);
    await page.getByRole("tab", { name: /BPMN/ }).click();
    await page.locator(".djs-container").getByText("waits 2.2 days").waitFor();
    expect(await page.locator(".bjs-powered-by").isVisible()).toBe(true);
    await context.close();
  });

  it("draws each picture of a process with its table, and hands it over as SVG and PNG", {
    timeout: 180_000,
  }, async () => {
    for (const scheme of ["light", "dark"] as const) {
      const { context, page } = await openPage(browser, server.address, { scheme });
      await signIn(page, "Arun");
      await page.goto("/process/log-otc");
      const named = { "Most common paths": "Paths", "Events over time": "Dotted chart" };
      const tabs = {
        ...named,
        "Mean waiting by the hour it began": "Waiting by hour",
        "Cycle time by week": "Cycle time",
      };
      for (const [title, tab] of Object.entries(tabs)) {
        await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
        const picture = page.getByRole("region", { name: title });
        for (const kind of ["SVG", "PNG"]) {
          const [download] = await Promise.all([
            page.waitForEvent("download"),
            picture.getByRole("button", { name: `Download as ${kind}` }).click(),
          ]);
          const bytes = await readFile(await download.path());
          if (kind === "PNG") expect(bytes.subarray(1, 4).toString()).toBe("PNG");
          else expect(bytes.toString()).not.toMatch(/var\(--|lab\(|oklch\(/);
        }
        await picture.locator("summary").last().click();
        await picture.locator("table").last().waitFor();
        await expectAccessible(page, `${tab}, ${scheme}`);
      }
      await context.close();
    }
  });

  it("works without a mouse", async () => {
    const { context, page } = await openPage(browser, server.address);
    await signIn(page, "Maya");
    await page.locator("body").click({ position: { x: 700, y: 5 } });
    await page.keyboard.press("/");
    expect(await page.evaluate(() => document.activeElement?.hasAttribute("data-composer"))).toBe(true);
    await page.locator("body").click({ position: { x: 700, y: 5 } });
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Go to anything" }).fill("appro");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Approvals" }).waitFor();
    await page.locator("[data-proposal]").first().waitFor();
    await page.keyboard.press("j");
    expect(await page.evaluate(() => document.activeElement?.hasAttribute("data-proposal"))).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByRole("article", { name: /^Proposal/ }).waitFor();
    await context.close();
  });

  it("shows how good the agent is, and a failure with its first diverging step and the line that runs it again", async () => {
    const { context, page, complaints } = await openPage(browser, server.address);
    await signIn(page, "Ana");
    await page.goto("/evals");
    await page.getByRole("button", { name: /^Built-in planner 67 %/ }).waitFor();
    await page.getByRole("button", { name: /^Live model not run no ANTHROPIC_API_KEY/ }).waitFor();
    await page.getByRole("combobox", { name: "Columns" }).selectOption("risk");
    await page.getByRole("cell", { name: "1/2" }).waitFor();
    await page.getByText("recorded-wrong-call", { exact: true }).click();
    await page.getByText("first diverging step").waitFor();
    await page.getByText("npx millwright eval --case recorded-wrong-call").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("shows what somebody pinned first on the board, and to nobody else", async () => {
    const { context, page, complaints } = await openPage(browser, server.address);
    await signIn(page, "Maya");
    await page.goto("/board");
    const pinned = page
      .locator("section")
      .filter({ has: page.getByRole("heading", { name: "Pinned by you" }) });
    const tile = pinned.getByRole("listitem").filter({ hasText: "Credit check waiting" });
    await tile.getByText("2.2 days in the last whole week, 6.1% more than in the one before").waitFor();
    expect(
      (await page.getByRole("main").getByRole("heading", { level: 2 }).allInnerTexts()).slice(0, 2),
    ).toEqual(["Pinned by you", "Other KPIs"]);
    await tile.getByText("breached").waitFor();
    await tile
      .getByRole("img", { name: /^Credit check waiting over 15 weeks: between 26\.4 hours and 2\.2 days$/ })
      .waitFor();
    await tile.getByText("By week as a table").click();
    await tile.getByRole("cell", { name: "2026-W35" }).waitFor();
    await expectAccessible(page, "board with a table");
    const ask = tile.getByRole("link", { name: /^Ask about it ?: Credit check waiting$/ });
    await ask.focus();
    await page.keyboard.press("Enter");
    const field = page.getByRole("textbox", { name: "Ask about a process" });
    await expect.poll(() => field.inputValue()).toBe("how did the KPI Credit check waiting develop by week?");
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByRole("combobox", { name: "Which log" }).inputValue()).toBe("log-otc");
    expect(complaints).toEqual([]);
    await context.close();

    const other = await openPage(browser, server.address);
    await signIn(other.page, "Arun");
    await other.page.goto("/board");
    await other.page.getByRole("heading", { name: "KPIs", exact: true }).waitFor();
    await settled(other.page);
    expect(await other.page.getByText("Pinned by you").count()).toBe(0);
    await other.context.close();
  });

  const places = [
    "/",
    "/logs",
    "/logs/log-otc",
    "/process",
    "/approvals",
    "/approvals/p-9c11",
    "/board",
    "/ledger",
    "/evals",
    "/settings",
    "/nowhere",
  ];

  for (const scheme of ["light", "dark"] as const) {
    it(`has nothing for axe to complain about on any screen, ${scheme}`, { timeout: 180_000 }, async () => {
      const { context, page } = await openPage(browser, server.address, { scheme });
      await page.goto("/");
      await page.getByRole("button", { name: /^Maya/ }).waitFor();
      await expectAccessible(page, `sign-in, ${scheme}`);
      await signIn(page, "Maya");
      await ask(page, "where do we lose time?");
      await page.getByRole("group", { name: /^Process map: / }).waitFor();
      await page.locator("[data-evidence]").first().click();
      await page.getByText("Rows used").waitFor();
      await expectAccessible(page, `conversation with evidence, ${scheme}`);
      for (const place of places) {
        await page.goto(place);
        await settled(page);
        await expectAccessible(page, `${place}, ${scheme}`);
      }
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor();
      await expectAccessible(page, `palette, ${scheme}`);
      await context.close();
    });
  }

  it("has enough contrast in the high contrast theme", { timeout: 120_000 }, async () => {
    const { context, page } = await openPage(browser, server.address);
    await signIn(page, "Ana");
    await page.goto("/settings");
    await page.getByRole("radio", { name: "High contrast" }).check();
    for (const place of ["/settings", "/board", "/approvals/p-9c11", "/process"]) {
      await page.goto(place);
      await settled(page);
      await expectAccessible(page, `${place}, high contrast`);
    }
    await signOut(page);
    await context.close();
  });

  it("fits a phone: nothing scrolls sideways, and the panel is a sheet", { timeout: 120_000 }, async () => {
    const { context, page } = await openPage(browser, server.address, { width: 360, height: 740 });
    await page.goto("/");
    await page.getByRole("button", { name: /^Maya/ }).waitFor();
    await expectNoSidewaysScroll(page, "sign-in");
    await signIn(page, "Maya");
    await ask(page, "where do we lose time?");
    await page.getByRole("group", { name: /^Process map: / }).waitFor();
    await expectNoSidewaysScroll(page, "conversation");
    await page.locator("[data-evidence]").first().click();
    await page.getByRole("dialog", { name: "Evidence" }).getByText("Rows used").waitFor();
    await expectAccessible(page, "evidence as a sheet");
    await page.keyboard.press("Escape");
    for (const place of places) {
      await page.goto(place);
      await settled(page);
      await expectNoSidewaysScroll(page, place);
    }
    await context.close();
  });
});
