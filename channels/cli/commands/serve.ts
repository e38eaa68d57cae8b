import { type Command, text } from "../command.ts";
import { UsageError } from "../errors.ts";

export const serve: Command = {
  name: "serve",
  summary:
    "Starts the server: web app, HTTP, and Slack where it is set up. Listens on 127.0.0.1:4117 (PORT, HOST).",
  takes: "[options]",
  arity: [0, 0],
  options: {
    port: { type: "string", value: "N", description: "Port (PORT; 4117); 0 chooses a free one" },
    host: { type: "string", value: "ADDRESS", description: "Address (HOST; 127.0.0.1)" },
    open: { type: "boolean", description: "Open the browser" },
  },
  async run({ globals, options }, { terminal, environment, signal, engines }) {
    const port = text(options["port"]);
    if (port !== undefined && !/^\d{1,5}$/.test(port))
      throw new UsageError(`“${port}” is not a port.`, "serve");
    const host = text(options["host"]);
    const served = await engines.serve({
      data: globals.data,
      environment,
      tickets: true,
      open: options["open"] === true,
      say: (line) => terminal.out(`${line}\n`),
      ...(port === undefined ? {} : { port: Number(port) }),
      ...(host === undefined ? {} : { host }),
      ...(globals.zone === undefined ? {} : { zone: globals.zone }),
    });
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await served.close();
    return 0;
  },
};
