import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDbLogStore } from "./duckdb.ts";
import { logStoreSuite } from "./fixtures/log-store-suite.ts";

logStoreSuite("DuckDB", {
  async open() {
    const folder = await mkdtemp(join(tmpdir(), "log-store-"));
    const store = await openDuckDbLogStore(folder);
    return {
      store,
      folder,
      reopen: () => openDuckDbLogStore(folder),
      async close() {
        await store.close();
        await rm(folder, { recursive: true });
      },
    };
  },
  generated: { logs: 12, cases: 4 },
  everyKpi: 1,
  logs: [
    "running-example.csv",
    "receipt.csv",
    "sepsis.xes.gz",
    "purchasing_example.csv",
    "patients_lifecycle.csv",
    "reviewing.xes.gz",
    "repairExample.xes.gz",
    "interval.csv",
    "a32f0n00.xes.gz",
    "bpic2012.xes.gz",
  ],
  refused: ["select * from duckdb_settings(); select 1"],
});
