/** Who answers under attack: the built-in planner, a scripted traitor, or a traitor behind a hosted model's own protocol. */
import { builtInProvider } from "../../agent/model/offline/provider.ts";
import type { ModelProvider } from "../../agent/model/provider.ts";
import { scriptedProvider } from "../../agent/model/scripted.ts";
import {
  type MessagesApi,
  type Responder,
  startMessagesApi,
} from "../../tests/systems/messages-api/server.ts";
import { hostedTraitor, type Treason, traitor } from "./traitor.ts";

export interface Mind {
  /** Stands for whoever answers at the time. */
  readonly provider: ModelProvider;
  /** Who answers from now on: the built-in planner, or a traitor. */
  obey(treason: Treason | null, hosted: boolean): void;
  /** Every request that has left for the hosted model since it was emptied, as text. */
  readonly wire: string[];
  close(): Promise<void>;
}

const key = "RED_TEAM_MODEL_KEY";

export async function changeableMind(): Promise<Mind> {
  const wire: string[] = [];
  let respond: Responder = () => ({ kind: "message", content: [{ type: "text", text: "Nothing." }] });
  const api = await startMessagesApi((request, index) => {
    wire.push(JSON.stringify(request));
    return respond(request, index);
  });
  const builtIn = builtInProvider();
  const hosted = await hostedAt(api);
  let obeying: ModelProvider | null = null;
  const present = (): ModelProvider => obeying ?? builtIn;
  return {
    wire,
    provider: {
      get name() {
        return present().name;
      },
      model: (briefing) => present().model(briefing),
    },
    obey(treason, isHosted) {
      obeying = treason === null ? null : isHosted ? hosted : scriptedProvider(traitor(treason));
      if (treason !== null && isHosted) respond = hostedTraitor(treason);
    },
    close: async () => api[Symbol.asyncDispose](),
  };
}

/** Claude's own provider: its prompt, its pseudonyms, its retries. */
async function hostedAt({ url }: MessagesApi): Promise<ModelProvider> {
  const { claudeProvider } = await import("../../agent/model/claude.ts");
  process.env[key] = "sk-ant-red-team";
  return claudeProvider({ apiKey: `env:${key}`, baseUrl: url, attempts: 1 });
}
