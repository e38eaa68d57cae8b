import type { RunResult } from "../../contract.ts";
import { instantOption, offsetOf } from "../arguments.ts";
import { type Command, text } from "../command.ts";
import { isFile, readJson, readKpis } from "../files.ts";
import { createLogResolver } from "../logs.ts";
import { drawSheet, numberText } from "../render/table.ts";
import { drawView } from "../render/views.ts";
import { painter, type Terminal } from "../terminal.ts";

export const run: Command = {
  name: "run",
  summary: "The whole pipeline over a log: model, rules, integration, optimization, alerts, pictures.",
  takes: "LOG [options]",
  arity: [1, 1],
  options: {
    "object-type": {
      type: "string",
      value: "TYPE",
      description: "Of a file that is object-centric: the objects that are the cases",
    },
    context: { type: "string", value: "FILE", description: "JSON with what the log does not say" },
    api: { type: "string", value: "SPEC", description: "An OpenAPI file, or the id of an imported one" },
    kpis: { type: "string", value: "FILE", description: "JSON array of KPIs" },
    as: { type: "string", value: "PERSON", description: "Who asks" },
    now: { type: "string", value: "TIME", description: "Fixes the clock for words and windows (ISO 8601)" },
  },
  async run({ globals, options, positionals }, context) {
    const now = instantOption(options["now"], "run");
    const zone = globals.zone ?? offsetOf(options["now"]);
    const [about, kpis, api] = [text(options["context"]), text(options["kpis"]), text(options["api"])];
    const given = {
      ...(about === undefined ? {} : { context: await readJson(about) }),
      ...(kpis === undefined ? {} : { kpis: await readKpis(kpis) }),
      ...(api === undefined ? {} : { api: await absoluteWhenFile(api) }),
      ...(now === undefined ? {} : { now }),
      ...(zone === undefined ? {} : { zone }),
    };
    const connection = await context.connect();
    const person = await connection.person(text(options["as"]));
    const reading = { zone: globals.zone, objectType: text(options["object-type"]) };
    const log = await createLogResolver(connection, reading, context).resolve(positionals[0] ?? "", person);
    const result = await connection.service.run({ person, tenant: connection.tenant, log, ...given });
    await context.terminal.out(globals.json ? `${JSON.stringify(result)}\n` : draw(result, context.terminal));
    return 0;
  },
};

/** A server of ours has another working directory. */
async function absoluteWhenFile(api: string): Promise<string> {
  const { resolve } = await import("node:path");
  return (await isFile(api)) ? resolve(api) : api;
}

function draw(result: RunResult, terminal: Terminal): string {
  const paint = painter(terminal.color);
  const page = { columns: terminal.columns, paint };
  const rules = result.rules.map(({ condition, action, confidence, coverage }) => {
    return [
      condition,
      action,
      confidence === null ? "–" : numberText(confidence, "share"),
      numberText(coverage, "share"),
    ];
  });
  const header = ["If", "then", "Confidence", "Coverage"];
  const parts = [
    ...result.visualization.map((view) => drawView(view, page)),
    rules.length === 0
      ? ""
      : `${paint("bold", "Rules")}\n${drawSheet({ header, rows: rules, right: [false, false, true, true] }, terminal.columns, paint)}`,
    `Alerts: ${result.alerts.length}. Operations of connected systems: ${result.integration.length}. All of it with --json.`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
