import { MillwrightError } from "../../errors.ts";
import type { ToolContext } from "../define.ts";
import type { ConnectorSettings } from "./settings.ts";

/** Calls to other systems are not set up in this process. */
export class ConnectorsUnavailableError extends MillwrightError {
  constructor() {
    super("connectors-unavailable", 503, "This process does not call other systems.", {
      remedy: "Start it with the connectors' settings.",
    });
  }
}

export function settingsOf(context: ToolContext): ConnectorSettings {
  if (!context.services.connectors) throw new ConnectorsUnavailableError();
  return context.services.connectors;
}
