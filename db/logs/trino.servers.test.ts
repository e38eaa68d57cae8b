/** The log store on a real Trino cluster; `TRINO=1 npm run test:servers` starts it (tests/systems/trino). */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeWhere } from "../../tests/fixtures/needs.ts";
import { logStoreSuite } from "./fixtures/log-store-suite.ts";
import { openLogStore } from "./open-log-store.ts";
import { trinoSettings } from "./trino/settings.ts";

const url = process.env["MILLWRIGHT_TEST_TRINO_URL"];
const warehouse = process.env["MILLWRIGHT_TEST_TRINO_FILES"];

/** A store whose logs all live in Trino, whatever their size. */
async function open(files: boolean, catalog: string) {
  const folder = await mkdtemp(join(tmpdir(), "trino-store-"));
  const settings = trinoSettings({
    MILLWRIGHT_TRINO_URL: url,
    MILLWRIGHT_TRINO_CATALOG: catalog,
    MILLWRIGHT_TRINO_FROM_EVENTS: "0",
    ...(files
      ? {
          MILLWRIGHT_TRINO_FILES: join(String(warehouse), "logs"),
          MILLWRIGHT_TRINO_LOCATION: "local:///logs",
        }
      : {}),
  });
  const store = await openLogStore(folder, settings);
  return {
    store,
    folder,
    reopen: () => openLogStore(folder, settings),
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

describeWhere(url !== undefined, "a Trino cluster (TRINO=1)", "Trino", () => {
  logStoreSuite("Trino, rows through files", {
    open: () => open(true, "hive"),
    generated: { logs: 1, cases: 60 },
    everyKpi: 7,
    logs: [
      "receipt.csv",
      "sepsis.xes.gz",
      "purchasing_example.csv",
      "repairExample.xes.gz",
      "a32f0n00.xes.gz",
    ],
    refused: [
      "select * from system.runtime.nodes",
      "select * from events, system.runtime.nodes",
      "select * from events join information_schema.tables on true",
      "select * from information_schema.tables",
      "select * from raw_events",
      "select * from table(sequence(1, 10))",
      "select (select count(*) from hive.information_schema.tables) from events",
      "with system as (select 1) select * from system.runtime.nodes",
      "with session query_max_run_time = '1h' select 1",
      "with function f() returns bigint return 1 select f()",
      "show tables",
      "explain analyze select 1",
      "table events",
      "call system.runtime.kill_query('a', 'b')",
    ],
  });
  logStoreSuite("Trino, rows through statements, in memory", {
    open: () => open(false, "memory"),
    generated: { logs: 1, cases: 20 },
    everyKpi: 41,
    logs: ["running-example.csv"],
    refused: [],
  });
});
