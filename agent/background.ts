/** Work that nobody waits for: its failures are reported, and closing waits for it. */
export interface Background {
  run(work: Promise<unknown>, where: string): void;
  /** Resolves when all of it has ended. */
  settled(): Promise<void>;
}

export function createBackground(report: (error: unknown, where: string) => void): Background {
  const running = new Set<Promise<void>>();
  return {
    run(work, where) {
      const watched: Promise<void> = work
        .then(
          () => undefined,
          (error: unknown) => report(error, where),
        )
        .finally(() => running.delete(watched));
      running.add(watched);
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
