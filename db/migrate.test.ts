import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { migrationsFolder } from "./migrate.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));

it("the migrations make exactly the schema: drizzle-kit finds nothing to add", async () => {
  const out = await mkdtemp(join(tmpdir(), "millwright-migrations-"));
  try {
    await cp(migrationsFolder, out, { recursive: true });
    const kit = join(root, "node_modules", "drizzle-kit", "bin.cjs");
    const options = [
      "--dialect",
      "postgresql",
      "--schema",
      "db/schema/index.ts",
      "--out",
      relative(root, out),
    ];
    const { stdout } = await run(process.execPath, [kit, "generate", ...options], { cwd: root });
    expect(stdout).toContain("No schema changes");
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});
