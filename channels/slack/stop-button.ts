/** The button on a turn that runs: whoever asked, and administrators, stop it by it. Who may is the agent's to say. */
import type { KnownBlock, WebClient } from "@slack/web-api";
import type { AgentService } from "../../agent/service.ts";
import { MillwrightError, toProblem } from "../../errors.ts";
import { section } from "./blocks.ts";
import { sayUnknown } from "./conversation.ts";
import type { Press } from "./decisions.ts";
import { cutText, limits } from "./limits.ts";

export const stopActionId = "millwright-stop";

/** What the button carries. */
export interface StopValue {
  readonly thread: string;
  readonly turn: string;
}

/** What is being done, with a button that stops it. */
export function stoppableBlocks(text: string, value: StopValue): KnownBlock[] {
  return [
    section(cutText(text, limits.sectionText)),
    {
      type: "actions",
      elements: [
        {
          type: "button",
          action_id: stopActionId,
          text: { type: "plain_text", text: "Stop" },
          style: "danger",
          value: JSON.stringify({ thread: value.thread, turn: value.turn } satisfies StopValue),
        },
      ],
    },
  ];
}

/** Null for anything that no button of ours carries. */
export function readStop(value: string | undefined): StopValue | null {
  try {
    const { thread, turn } = JSON.parse(value ?? "") as Record<string, unknown>;
    return typeof thread === "string" && typeof turn === "string" ? { thread, turn } : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}

/** The message itself is changed by the turn as it ends; only what the press could not do is told, privately. */
export async function stopByButton(
  press: Omit<Press, "verdict">,
  client: WebClient,
  service: AgentService,
): Promise<void> {
  const { channel, user, threadTs } = press;
  const place = threadTs === undefined ? {} : { thread_ts: threadTs };
  const tell = (text: string) => client.chat.postEphemeral({ channel, user, text, ...place });
  const person = await service.identify({ channel: "slack", subject: `${press.team}/${user}` });
  if (!person) return sayUnknown(client, press);
  const button = readStop(press.value);
  if (button === null) {
    await tell("This button stops nothing of ours.");
    return;
  }
  try {
    const ended = await service.stopTurn({ person, tenant: person.tenant, ...button });
    if (!ended) await tell("It has ended already.");
  } catch (error) {
    if (!(error instanceof MillwrightError)) throw error;
    const { detail, remedy } = toProblem(error);
    await tell(remedy === undefined ? detail : `${detail} ${remedy}`);
  }
}
