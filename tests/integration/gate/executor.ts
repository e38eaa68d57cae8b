/** One executor as a process of its own, which ends itself with SIGKILL at the point it is told. */
import { execute } from "../../../agent/approvals/execute.ts";
import { findProposal, type Gate } from "../../../agent/approvals/gate.ts";
import { fileLedgerHead } from "../../../agent/approvals/ledger-head.ts";
import { recover } from "../../../agent/approvals/recover.ts";
import { openDatabase } from "../../../db/client.ts";
import { limitTool, portsFor } from "./fixture.ts";
import { type ExecutorJob, overHttp } from "./processes.ts";

const job = JSON.parse(process.argv[2]!) as ExecutorJob;
const open = await openDatabase({
  ...(job.url === null ? {} : { url: job.url }),
  ...(job.folder === null ? {} : { folder: job.folder }),
});
const gate: Gate = { database: open.database, head: fileLedgerHead(job.headFile) };
const tool = limitTool(overHttp(job.counter), { risk: job.risk });
const ports = portsFor(gate, tool, (point) => {
  if (point === job.crashAt) process.kill(process.pid, "SIGKILL");
});
if (job.work === "execute") await execute(ports, job.tenant, job.proposal);
else await recover(ports, { tenant: job.tenant, ...(job.alone === null ? {} : { alone: job.alone }) });
process.stdout.write((await findProposal(open.database, job.tenant, job.proposal)).state);
await open.close();
