/** What the browser tests do again and again. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";

export interface Viewer {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page's console said as errors, and what it threw. */
  readonly complaints: readonly string[];
}

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
}

export async function openPage(browser: Browser, address: string, look: Look = {}): Promise<Viewer> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: look.width ?? 1440, height: look.height ?? 900 },
    colorScheme: look.scheme ?? "light",
    locale: "en-GB",
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** Signs in through the list of people. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: new RegExp(`^${name}\\b`) }).click();
  await page.getByRole("textbox", { name: "Ask about a process" }).waitFor();
}

/** Ends the session in this browser. */
export async function signOut(page: Page): Promise<void> {
  await page.goto("/settings");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("Who are you?").waitFor();
}

/** Asks, and waits for the answer to be whole. */
export async function ask(page: Page, question: string): Promise<void> {
  const answers = await page.locator("[data-answer]").count();
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Ask about a process" }).fill(question);
  await page.keyboard.press("Enter");
  await page.locator("[data-answer]").nth(answers).waitFor();
  await page.getByRole("button", { name: "Send", exact: true }).waitFor();
}

/** No accessibility violation that axe can find, at any level. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => ({
    id,
    where: nodes
      .slice(0, 3)
      .map((node) => `${node.html.slice(0, 160)} — ${node.failureSummary?.slice(0, 200)}`),
  }));
  expect(found, where).toEqual([]);
}

/** Waits until nothing is a skeleton any more. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole("main").waitFor();
  await expect.poll(() => page.locator(".skeleton").count(), { timeout: 15_000 }).toBe(0);
}

/** The page never scrolls sideways; what is wide scrolls in its own box. */
export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(beyond, `${where}: pixels beyond the window`).toBeLessThanOrEqual(0);
}

/** Drops a file on the page as a person does with the mouse. */
export async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content as string], fileName as string, { type: "text/csv" }));
      return data;
    },
    [name, text],
  );
  const zone = page.locator("[data-drop-zone]");
  await zone.dispatchEvent("dragover", { dataTransfer: transfer });
  await zone.dispatchEvent("drop", { dataTransfer: transfer });
}
