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
    "apiu_BPIC2012_W.csv.gz",
    "bpi12w_verenich.csv.gz",
    "sepsis_csv_semicolon.csv.gz",
    "receipt.xes",
    "teleclaims.xes.gz",
    "interval.xes.gz",
    "helpdesk_xes.xes.gz",
    "helpdesk_verenich.csv",
    "helpdesk_fau_semicolon.csv",
    "bpic2020_DomesticDeclarations.xes.gz",
    "loan_synth_apiu.csv.gz",
    "bpic2013_closed.xes.gz",
    "bpic2015_1f.xes.gz",
  ],
  refused: ["select * from duckdb_settings(); select 1"],
});
