/** One whole process of ours: import, directly-follows graph, variants and times of one log; no model. */
import { mineFile } from "../tools/mining/mine.ts";

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: node bench/mine.ts LOG");
const { result } = await mineFile(file, { model: false });
process.stdout.write(`${JSON.stringify({ ...result.log, edges: result.edges.length })}\n`);
