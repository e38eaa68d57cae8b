/**
 * Signed-in browsers. A session is 256 random bits in a cookie that scripts cannot read and other sites cannot send;
 * the server keeps only its hash, and who it stands for is looked up again at every request.
 */
import { createHash, randomBytes } from "node:crypto";

export interface Sessions {
  begin(person: string): string;
  person(session: string): string | null;
  end(session: string): void;
}

interface Session {
  readonly person: string;
  until: number;
}

const hashed = (session: string): string => createHash("sha256").update(session).digest("hex");

/** Sessions end after `lifetime` milliseconds without a request. */
export function createSessions(now: () => number = Date.now, lifetime = 12 * 3_600_000): Sessions {
  const sessions = new Map<string, Session>();
  return {
    begin(person) {
      for (const [key, session] of sessions) if (session.until < now()) sessions.delete(key);
      const session = randomBytes(32).toString("base64url");
      sessions.set(hashed(session), { person, until: now() + lifetime });
      return session;
    },
    person(session) {
      const found = sessions.get(hashed(session));
      if (!found || found.until < now()) return null;
      found.until = now() + lifetime;
      return found.person;
    },
    end(session) {
      sessions.delete(hashed(session));
    },
  };
}
