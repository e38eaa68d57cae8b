import { callTool } from "./call-tool.ts";

export default callTool({
  name: "connectors.call",
  risk: "write",
  description:
    "Calls one operation of a connected system that changes something there (create a ticket, update a status). Always a proposal: someone else approves exactly this call before it is made.",
  examples: {
    en: [
      "create a ticket for that",
      "open a ticket in the ticket system",
      "create a work order for the credit team",
      "update the status in the ticket system",
      "close ticket T-1001",
      "post it to the ticket system",
      "send it to the connected system",
      "file an issue about the bottleneck",
      "log a ticket with the warehouse team",
    ],
  },
});
