import { expect, it } from "vitest";
import { createInbox, memoryStore } from "./inbox.ts";

it("gives a message to the first who claims it and to nobody after", async () => {
  const inbox = createInbox(memoryStore);
  const claims = await Promise.all([1, 2, 3].map(() => inbox.claim("slack", "T1/C1/1.1")));
  expect(claims).toEqual([true, false, false]);
});

it("keeps channels apart", async () => {
  const inbox = createInbox(memoryStore);
  expect(await inbox.claim("slack", "1")).toBe(true);
  expect(await inbox.claim("mail", "1")).toBe(true);
});

it("asks the durable store, so a message taken by another process is not taken again", async () => {
  const taken = new Set<string>();
  const store = async (channel: string, key: string) => {
    const name = `${channel}/${key}`;
    return taken.has(name) ? false : Boolean(taken.add(name));
  };
  expect(await createInbox(store).claim("slack", "1")).toBe(true);
  expect(await createInbox(store).claim("slack", "1")).toBe(false);
});

it("lets a message be claimed again when the store failed", async () => {
  let failing = true;
  const inbox = createInbox(async () => {
    if (failing) throw new Error("no connection");
    return true;
  });
  await expect(inbox.claim("slack", "1")).rejects.toThrow("no connection");
  failing = false;
  expect(await inbox.claim("slack", "1")).toBe(true);
});

it("forgets the oldest beyond its limit and leaves them to the store", async () => {
  const inbox = createInbox(memoryStore, 2);
  for (const key of ["a", "b", "c"]) await inbox.claim("slack", key);
  expect(await inbox.claim("slack", "c")).toBe(false);
  expect(await inbox.claim("slack", "a")).toBe(true);
});
