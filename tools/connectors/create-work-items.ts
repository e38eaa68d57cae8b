import type { Database } from "../../db/client.ts";
import { workItemArguments, workItemFields } from "./core/work-item-operation.ts";
import { listConnectors } from "./store.ts";
import type { WorkItems } from "./work-items.ts";

/** Work items go to the first imported system (by id) that has an operation for them. */
export function createWorkItems(database: Database, tenant: string): WorkItems {
  return {
    async propose(item) {
      for (const connector of await listConnectors(database, tenant)) {
        if (item.system !== undefined && item.system !== connector.id) continue;
        for (const operation of connector.operations) {
          const fields = workItemFields(operation);
          if (fields === null) continue;
          const input = {
            connector: connector.id,
            operation: operation.id,
            arguments: workItemArguments(operation, fields, item),
            why: item.title,
            ...(item.promise ? { promise: item.promise } : {}),
          };
          return { tool: "connectors.call", input };
        }
      }
      return null;
    },
  };
}
