/**
 * A process that is killed while it answers: `node agent-kill-child.ts FOLDER [plan]`, with `plan` in the second of three steps.
 * Prints "hanging" when it may be.
 */
import { scriptedProvider } from "../../agent/model/scripted.ts";
import { openDatabase } from "../../db/client.ts";
import { seedTenant } from "../../db/queries/seed.ts";
import { openWorld } from "./agent-world.ts";

const database = await openDatabase({ folder: process.argv[2]! });
await seedTenant(database.database, "test");
const world = await openWorld({ ...database, tenant: "test", url: null });
const killedPlan = [
  { id: "s1", tool: "orders.mean", title: "How long it takes" },
  { id: "s2", tool: "orders.endless", title: "Work on it", after: ["s1"] },
  { id: "s3", tool: "orders.count", title: "Simulate it", after: ["s2"] },
];
const provider = scriptedProvider(async ({ outcomes }) => {
  if (process.argv[3] === "plan") {
    const [first, second] = killedPlan.map(({ id, tool }) => ({ id, tool, input: {} }));
    return outcomes.length === 0 ? { plan: killedPlan, calls: [first!] } : { calls: [second!] };
  }
  if (outcomes.length === 0) return { calls: [{ tool: "orders.mean", input: {} }] };
  console.log("hanging");
  return new Promise(() => undefined);
});
const service = world.serve(provider);
await service.ask(
  {
    person: world.person.maya,
    tenant: "test",
    channel: "cli",
    thread: "killed",
    text: "how long does an order take?",
  },
  ({ body }) => {
    if (body.type === "step" && body.step.id === "s2" && body.step.state === "running")
      console.log("hanging");
  },
);
