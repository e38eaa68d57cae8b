/** The whole loop by clicking, in a real Chromium, on the real server with its samples: nothing here is recorded. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Served, serve } from "../../channels/main.ts";
import { describeWhere } from "../fixtures/needs.ts";
import { findBrowser, launchBrowser } from "./browser.ts";
import { ask, dropFile, expectAccessible, openPage, settled, signIn } from "./page.ts";

const found = await findBrowser();
const need = "path" in found ? "a Chromium" : `a Chromium (${found.reason})`;

interface LedgerEntry {
  readonly kind: string;
  readonly subject: string;
}

const ledgerOf = (page: Page): Promise<{ entries: LedgerEntry[]; verified: { ok: boolean } }> =>
  page.evaluate(async () => {
    const response = await fetch("/v1/ledger?verify=1&limit=1000");
    return await response.json();
  });

describeWhere("path" in found, need, "from a question to an approved action", () => {
  let data: string;
  let server: Served;
  let browser: Browser;
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), "millwright-e2e-"));
    server = await serve({
      port: 0,
      data,
      tickets: true,
      environment: { ...process.env, ANTHROPIC_API_KEY: "" },
    });
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(data, { recursive: true, force: true });
  });

  it("asks, sees the evidence, asks for the fix, has it approved once, and finds it in the ledger and on the board", {
    timeout: 180_000,
  }, async () => {
    const maya = await openPage(browser, server.address);
    await signIn(maya.page, "Maya");
    await maya.page.getByRole("button", { name: /^order-to-cash/ }).click();
    await maya.page.getByRole("button", { name: "Where do we lose time?" }).click();
    await maya.page.getByRole("list", { name: "Figures" }).waitFor({ timeout: 60_000 });
    await maya.page.getByRole("group", { name: /^Process map: / }).waitFor();
    await maya.page.getByRole("button", { name: /Credit check, .*bottleneck/ }).waitFor();
    await maya.page.locator("[data-answer] [data-evidence]").first().click();
    const evidence = maya.page.getByRole("complementary", { name: "Evidence" });
    await evidence.getByText("Run again just now: the same").waitFor();
    await expectAccessible(maya.page, "a real answer with its evidence");

    await ask(maya.page, "what could we do about it?");
    await maya.page.getByRole("button", { name: "Propose it" }).click();
    const brief = maya.page.locator("[data-proposal]");
    await brief.first().waitFor({ timeout: 60_000 });
    const proposal = (await brief.first().getAttribute("data-proposal")) ?? "";
    await brief.first().click();
    const card = maya.page.getByRole("article", { name: /^Proposal/ });
    await card.getByText("You asked for it, so somebody else decides.").waitFor();
    await expectAccessible(maya.page, "a real proposal");

    const ana = await openPage(browser, server.address);
    await signIn(ana.page, "Ana");
    await ana.page.goto(`/approvals/${proposal}`);
    await ana.page.getByRole("button", { name: "Create a ticket" }).dblclick();
    await ana.page.locator('[data-receipt="executed"]').waitFor({ timeout: 60_000 });
    await maya.page.locator('[data-receipt="executed"]').waitFor();
    await ana.page.reload();
    await ana.page.locator('[data-receipt="executed"]').waitFor();

    const { entries, verified } = await ledgerOf(ana.page);
    const kinds = entries.filter((entry) => entry.subject === proposal).map((entry) => entry.kind);
    expect(
      kinds.filter((kind) => /executed$/.test(kind)),
      kinds.join(", "),
    ).toHaveLength(1);
    expect(verified.ok).toBe(true);
    const { tickets } = JSON.parse(await readFile(join(data, "tickets.json"), "utf8"));
    expect(tickets).toHaveLength(1);
    await ana.page.getByRole("button", { name: "Propose to undo it" }).click();
    await ana.page
      .getByText(/^Delete a ticket in Tickets/)
      .first()
      .waitFor();
    await expectAccessible(ana.page, "the proposal that takes it back");
    await ana.page.goto("/ledger");
    await ana.page.getByRole("button", { name: "Check the chain" }).click();
    await ana.page.getByText(/^The chain of \d+ entries holds\.$/).waitFor();
    await ana.page.goto("/board");
    await ana.page.getByText("promised", { exact: true }).waitFor();
    await settled(ana.page);
    expect([...maya.complaints, ...ana.complaints]).toEqual([]);
    await maya.context.close();
    await ana.context.close();
  });

  it("imports a dropped file with its mapping and shows how it flows", { timeout: 120_000 }, async () => {
    const { context, page, complaints } = await openPage(browser, server.address);
    await signIn(page, "Arun");
    await page.goto("/logs");
    const rows = Array.from({ length: 30 }, (_, index) => {
      const day = String((index % 27) + 1).padStart(2, "0");
      return ["Annahme", "Prüfung", "Versand"].map(
        (step, hour) => `A-${index};${step};${day}.02.2026 ${String(8 + hour * 3).padStart(2, "0")}:15`,
      );
    });
    await dropFile(page, "auftraege.csv", `Vorgang;Aktivität;Zeitpunkt\n${rows.flat().join("\n")}\n`);
    await page.getByRole("heading", { name: "auftraege" }).waitFor({ timeout: 60_000 });
    expect(await page.getByRole("combobox", { name: "Activity" }).inputValue()).toBe("Aktivität");
    await page.getByText("30 cases, 90 events").waitFor();
    await page.getByRole("button", { name: "Show the process" }).click();
    await page.getByRole("group", { name: /^Process map: / }).waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: /^Prüfung, 30 events/ }).waitFor();
    await dropBroken(page);
    expect(complaints).toEqual([]);
    await context.close();
  });

  async function dropBroken(page: Page): Promise<void> {
    await page.goto("/logs");
    await dropFile(page, "kaputt.csv", "a;b\n1;2\n");
    await page.getByRole("alert").waitFor({ timeout: 60_000 });
    expect(await page.getByRole("alert").textContent()).toContain("kaputt.csv");
  }
});
