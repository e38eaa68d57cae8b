import { defineConfig } from "vitest/config";

const everywhere = ["agent", "tools", "channels", "memory", "evals", "db", "web", "tests", "bench"];
const onBothDatabases = everywhere.map((room) => `${room}/**/*.database.test.ts`);
const inABrowser = ["tests/e2e/**/*.test.ts"];

/**
 * `unit`: no database, no server. `database`: the same suite on PGlite (`npm test`) and, with
 * MILLWRIGHT_TEST_DATABASE_URL, on Postgres (`npm run test:servers`). `servers`: needs a real server.
 * `e2e`: a real Chromium.
 */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: [
        "agent/**/*.ts",
        "tools/**/*.ts",
        "channels/**/*.ts",
        "memory/**/*.ts",
        "evals/**/*.ts",
        "db/**/*.ts",
      ],
      exclude: ["**/*.test.ts", "db/migrations/**"],
      reporter: ["text-summary", "json-summary"],
      reportsDirectory: "coverage",
    },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: everywhere.flatMap((room) => [`${room}/**/*.test.ts`, `${room}/**/*.test.tsx`]),
          exclude: [...onBothDatabases, ...inABrowser, "**/*.servers.test.ts", "**/node_modules/**"],
        },
      },
      { extends: true, test: { name: "database", include: onBothDatabases } },
      {
        extends: true,
        test: { name: "servers", include: everywhere.map((room) => `${room}/**/*.servers.test.ts`) },
      },
      { extends: true, test: { name: "e2e", include: inABrowser } },
    ],
  },
});
