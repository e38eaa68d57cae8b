import { MillwrightError } from "../../errors.ts";

export class SignatureRefusedError extends MillwrightError {
  constructor(reason: string) {
    super("slack-signature", 401, `This request is not Slack's: ${reason}.`, {
      remedy: "Check SLACK_SIGNING_SECRET, and this machine's clock.",
    });
  }
}

export class SlackSettingsError extends MillwrightError {
  constructor() {
    super("slack-settings", 500, "Slack needs a way in besides its bot token.", {
      remedy: "Set SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode).",
    });
  }
}
