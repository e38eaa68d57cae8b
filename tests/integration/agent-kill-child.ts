/** A process that is killed while it answers: `node agent-kill-child.ts FOLDER`. Prints "hanging" when it may be. */
import { scriptedProvider } from "../../agent/model/scripted.ts";
import { openDatabase } from "../../db/client.ts";
import { seedTenant } from "../../db/queries/seed.ts";
import { openWorld } from "./agent-world.ts";

const database = await openDatabase({ folder: process.argv[2]! });
await seedTenant(database.database, "test");
const world = await openWorld({ ...database, tenant: "test", url: null });
const provider = scriptedProvider(async ({ outcomes }) => {
  if (outcomes.length === 0) return { calls: [{ tool: "orders.mean", input: {} }] };
  console.log("hanging");
  return new Promise(() => undefined);
});
const service = world.serve(provider);
await service.ask({
  person: world.person.maya,
  tenant: "test",
  channel: "cli",
  thread: "killed",
  text: "how long does an order take?",
});
