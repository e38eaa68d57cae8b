import { callTool } from "./call-tool.ts";

export default callTool({
  name: "connectors.call-irreversible",
  risk: "irreversible",
  description:
    "Calls one operation of a connected system that cannot be taken back (delete, pay, send). Always a proposal, decided by two people.",
  examples: {
    en: [
      "delete ticket T-1001 in the ticket system",
      "remove the ticket that was created",
      "refund the payment in the payment system",
      "send the payout through the bank's API",
      "purge the record in the connected system",
      "erase the customer in the CRM",
      "transfer the money",
      "delete it over there",
    ],
  },
});
