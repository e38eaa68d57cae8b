/** A plan in a real Chromium on the real server: shown, steered while it runs, stopped, and accounted for. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Served, serve } from "../../channels/main.ts";
import { describeWhere } from "../fixtures/needs.ts";
import { findBrowser, launchBrowser } from "./browser.ts";
import { expectAccessible, expectNoSidewaysScroll, openPage, signIn } from "./page.ts";

const found = await findBrowser();
const need = "path" in found ? "a Chromium" : `a Chromium (${found.reason})`;

const request =
  "tell me where it waits and why, draft a rule against it, show what it would have done and propose it";

/** Where pictures go; none are taken without it. */
const pictures = process.env["MILLWRIGHT_PICTURES"];
async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined || pictures === "") return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

describeWhere("path" in found, need, "a plan of several steps", () => {
  let data: string;
  let server: Served;
  let browser: Browser;
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), "millwright-plan-"));
    server = await serve({ port: 0, data, environment: { ...process.env, ANTHROPIC_API_KEY: "" } });
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(data, { recursive: true, force: true });
  });

  const begin = async (page: Page, question: string) => {
    await page.goto("/");
    await page.getByRole("button", { name: /^order-to-cash/ }).click();
    await page.getByRole("textbox", { name: "Ask about a process" }).fill(question);
    await page.keyboard.press("Enter");
    const card = page.getByRole("region", { name: "Plan" });
    await card.waitFor({ timeout: 60_000 });
    return card;
  };

  it("is shown while it runs, takes a change, and ends with what was done and what was not", {
    timeout: 180_000,
  }, async () => {
    const { context, page, complaints } = await openPage(browser, server.address);
    await signIn(page, "Maya");
    const card = await begin(page, request);
    await page.getByRole("textbox", { name: "Ask about a process" }).fill("don't propose it");
    await page.keyboard.press("Enter");
    await picture(page, "plan-running-light");
    await card.getByText("What was done").waitFor({ timeout: 90_000 });
    const states = await card
      .locator("li[data-state]")
      .evaluateAll((all) => all.map((item) => item.getAttribute("data-state")));
    await picture(page, "plan-done-light");
    expect(states, "the states of the steps").toEqual(["done", "done", "done", "done", "skipped"]);
    await card.getByText("Left out, as you said: “don't propose it”.").waitFor();
    expect(await page.locator("[data-proposal]").count()).toBe(0);
    await expectAccessible(page, "a plan that ran");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("is stopped with the button, and says what was not done; on a phone in the dark", {
    timeout: 180_000,
  }, async () => {
    const { context, page, complaints } = await openPage(browser, server.address, {
      width: 360,
      height: 740,
      scheme: "dark",
    });
    await signIn(page, "Maya");
    const card = await begin(page, request);
    // At once: Playwright's own click waits for the card to rest.
    await card.getByRole("button", { name: "Stop" }).dispatchEvent("click");
    await page.getByText("Stopped. Nothing was changed.").waitFor({ timeout: 60_000 });
    await card.getByText("The plan was stopped by maya.").first().waitFor();
    await card.scrollIntoViewIfNeeded();
    await picture(page, "plan-stopped-dark-360");
    await expectNoSidewaysScroll(page, "a stopped plan");
    await expectAccessible(page, "a stopped plan");
    await page.reload();
    await page.getByText("Stopped. Nothing was changed.").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
