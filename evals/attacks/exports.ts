/** What the downloads that people click would do in the program that opens them. */
import { BpmnModdle } from "bpmn-moddle";
import type { Target } from "./target.ts";

export async function badExports(target: Target, log: string): Promise<string[]> {
  const [xes, bpmn, svg, csv] = await Promise.all([
    download(target, log, "export?format=xes"),
    download(target, log, "model?format=bpmn"),
    download(target, log, "model?format=svg&picture=map"),
    download(target, log, "export?format=spreadsheet"),
  ]);
  return [
    ...(await xesProblems(target, xes)),
    ...(await bpmnProblems(bpmn)),
    ...(svg !== null && holdsScript(svg) ? ["the picture holds a script"] : []),
    ...(csv !== null && hasFormula(csv) ? ["the CSV holds a formula"] : []),
  ];
}

async function download(target: Target, log: string, path: string): Promise<string | null> {
  const response = await target.request(`/v1/logs/${log}/${path}`, "maya");
  if (response.status >= 500) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.ok ? response.text() : null;
}

/** What was written is read again. */
async function xesProblems(target: Target, xes: string | null): Promise<string[]> {
  if (xes === null) return [];
  const form = new FormData();
  form.set("file", new Blob([xes]), "again.xes");
  const response = await target.request("/v1/logs", "maya", { method: "POST", body: form });
  return response.ok ? [] : [`the XES cannot be read again: ${(await response.text()).slice(0, 300)}`];
}

async function bpmnProblems(bpmn: string | null): Promise<string[]> {
  if (bpmn === null) return [];
  try {
    const { warnings } = await new BpmnModdle().fromXML(bpmn);
    return warnings.length === 0 ? [] : [`the BPMN is odd: ${JSON.stringify(warnings[0]).slice(0, 300)}`];
  } catch (error) {
    return [`the BPMN is no BPMN: ${error instanceof Error ? error.message : String(error)}`];
  }
}

const holdsScript = (svg: string): boolean =>
  /<script|<foreignObject|javascript:|<[^>]*\son\w+\s*=/i.test(svg.replace(/>[^<]*</g, "><"));

/** A cell that a spreadsheet computes (OWASP, CSV injection); a plain number is none. */
const hasFormula = (csv: string): boolean => /(?:^|[,\n])"?[=+\-@\t](?![\d.]+"?(?:[,\r\n]|$))/.test(csv);
