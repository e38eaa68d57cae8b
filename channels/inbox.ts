/**
 * Messages from outside, each taken once. Networks repeat: Slack sends one message as several events and retries with
 * new ids, so a channel names the message by what stays the same and claims it before doing anything.
 */
export interface Inbox {
  /** True for exactly one caller per channel and key, in all processes over the same store. */
  claim(channel: string, key: string): Promise<boolean>;
}

/** Keeps keys durably: true when the key was not there. The composition root gives one over the `inbox` table. */
export type ClaimStore = (channel: string, key: string) => Promise<boolean>;

/** An inbox over a durable store; a repeat within this process is answered without asking it. */
export function createInbox(store: ClaimStore, remembered = 10_000): Inbox {
  const recent = new Set<string>();
  return {
    async claim(channel, key) {
      const name = JSON.stringify([channel, key]);
      if (recent.has(name)) return false;
      recent.add(name);
      forgetOldest(recent, remembered);
      try {
        return await store(channel, key);
      } catch (error) {
        recent.delete(name);
        throw error;
      }
    },
  };
}

/** For one process without a database: remembers as many keys as the inbox itself does. */
export const memoryStore: ClaimStore = async () => true;

function forgetOldest(recent: Set<string>, limit: number): void {
  for (const oldest of recent) {
    if (recent.size <= limit) return;
    recent.delete(oldest);
  }
}
