/** Real logs whose figures were counted with the standard library alone. They are not part of the repository. */
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { SuiteWorld } from "../../worlds/prepare.ts";

const folder = fileURLToPath(new URL("../../../../shared/data/logs/", import.meta.url));
const files = [
  "running-example.xes",
  "receipt.csv",
  "repairExample.xes.gz",
  "interval.csv",
  "sepsis.xes.gz",
  "teleclaims.xes.gz",
  "bpic2013_closed.xes.gz",
  "purchasing_example.csv",
];

export const world: SuiteWorld = {
  missing() {
    const absent = files.filter((file) => !existsSync(`${folder}${file}`));
    return absent.length === 0 ? null : `the logs of ../shared/data are not here (${absent.join(", ")})`;
  },
  async prepare(millwright) {
    for (const file of files) {
      const name = basename(file).replace(/\.gz$/, "");
      await millwright.importLog({ person: null, name, path: `${folder}${file}` });
    }
  },
};
