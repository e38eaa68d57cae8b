import type { AgentServiceOptions } from "./options.ts";
import type { AgentService } from "./service.ts";
export const createPipeline = (_services: {
  readonly options: AgentServiceOptions;
}): Pick<AgentService, "run"> => ({
  run: async () => {
    throw new Error("placeholder until the pipeline lands");
  },
});
