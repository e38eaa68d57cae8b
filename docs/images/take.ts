/**
 * Takes the README's picture from the running product: `node docs/images/take.ts`. A folder of its own with the sample
 * processes, a real Chromium, the first question, and the evidence of its first figure.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { serve } from "../../channels/main.ts";
import { launchBrowser } from "../../tests/e2e/browser.ts";

const picture = fileURLToPath(new URL("answer.png", import.meta.url));
const data = await mkdtemp(join(tmpdir(), "millwright-picture-"));
const environment = {
  ...process.env,
  ANTHROPIC_API_KEY: "",
  MILLWRIGHT_MODEL_URL: "",
  DATABASE_URL: "",
  SLACK_BOT_TOKEN: "",
};
const server = await serve({ port: 0, data, environment });
try {
  const browser = await launchBrowser();
  try {
    await take(browser, server.address);
  } finally {
    await browser.close();
  }
} finally {
  await server.close();
  await rm(data, { recursive: true, force: true });
}

async function take(browser: Browser, address: string): Promise<void> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: 1440, height: 1000 },
    colorScheme: "light",
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.goto("/");
  await page.getByRole("button", { name: /^Maya\b/ }).click();
  await page.getByRole("button", { name: /^order-to-cash/ }).click();
  await ask(page, "where do we lose time?");
  await page.locator("[data-answer] [data-evidence]").first().click();
  const evidence = page.getByRole("complementary", { name: "Evidence" });
  await evidence.getByText("Run again just now: the same").waitFor();
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: picture });
}

async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole("textbox", { name: "Ask about a process" }).fill(question);
  await page.keyboard.press("Enter");
  await page.locator("[data-answer]").first().waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Send", exact: true }).waitFor();
}
