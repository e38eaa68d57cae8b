/** What an order-to-cash conversation holds, as the service would give it: the screens are looked at with this. */
import type { Fact, LogSummary, Person, ProposalCard, View } from "../../channels/contract.ts";

const person = (id: string, name: string, roles: Person["roles"]): Person => ({
  id,
  tenant: "local",
  name,
  roles,
});
export const people: readonly Person[] = [
  person("maya", "Maya", ["manager"]),
  person("arun", "Arun", ["analyst"]),
  person("ana", "Ana", ["approver"]),
  person("ben", "Ben", ["approver"]),
  person("eli", "Eli", ["evaluator"]),
  person("dev", "Dev", ["admin"]),
];

const fact = (id: string, value: number, unit: string, label: string, rows: number, sql: string): Fact => ({
  id,
  value,
  unit,
  label,
  sql,
  source: { kind: "log", log: "order-to-cash" },
  rows,
  hash: id.slice(1).repeat(8),
});

export const facts = {
  waiting: fact(
    "f1a2b3c4d",
    187_200,
    "s",
    "Mean waiting time before Check credit, all completed cases from 2 to 8 November 2026",
    1_184,
    "select avg(epoch(started) - epoch(previous_completed)) as waiting\nfrom steps\nwhere activity = 'Check credit'\n  and completed >= timestamp '2026-11-02' and completed < timestamp '2026-11-09'",
  ),
  share: fact(
    "f2b3c4d5e",
    0.618,
    "share",
    "Part of all waiting that falls before Check credit",
    14_206,
    "select sum(waiting) filter (where activity = 'Check credit') / sum(waiting) as share\nfrom steps",
  ),
  cases: fact(
    "f3c4d5e6f",
    412,
    "cases",
    "Cases that waited longer than two days before Check credit",
    1_184,
    "select count(distinct case_id) as cases from steps where activity = 'Check credit' and waiting > 172800",
  ),
};

const activities: readonly (readonly [string, number, number | null, number])[] = [
  ["Receive order", 2_000, null, 120],
  ["Check stock", 1_985, 5_400, 300],
  ["Check credit", 1_640, 187_200, 900],
  ["Request documents from customer", 212, 64_800, 600],
  ["Approve order", 1_905, 21_600, 420],
  ["Pick goods", 1_890, 10_800, 1_800],
  ["Back-order", 154, 3_600, 240],
  ["Ship goods", 1_880, 7_200, 900],
  ["Send invoice", 1_880, 1_800, 60],
  ["Receive payment", 1_846, 864_000, 30],
  ["Cancel order", 154, 14_400, 60],
];
const edges: readonly (readonly [string | null, string | null, number, number | null])[] = [
  [null, "Receive order", 2_000, null],
  ["Receive order", "Check stock", 1_985, 5_700],
  ["Check stock", "Check credit", 1_428, 188_100],
  ["Check stock", "Approve order", 403, 21_900],
  ["Check stock", "Back-order", 154, 3_840],
  ["Back-order", "Check stock", 98, 259_200],
  ["Back-order", "Cancel order", 56, 14_460],
  ["Check credit", "Approve order", 1_380, 22_020],
  ["Check credit", "Request documents from customer", 212, 65_400],
  ["Request documents from customer", "Check credit", 190, 172_800],
  ["Request documents from customer", "Cancel order", 22, 604_800],
  ["Check credit", "Cancel order", 48, 14_460],
  ["Approve order", "Pick goods", 1_890, 12_600],
  ["Approve order", "Cancel order", 15, 14_460],
  ["Pick goods", "Pick goods", 74, 3_600],
  ["Pick goods", "Ship goods", 1_880, 8_100],
  ["Ship goods", "Send invoice", 1_880, 1_860],
  ["Send invoice", "Receive payment", 1_846, 864_030],
  ["Receive payment", null, 1_846, null],
  ["Cancel order", null, 141, null],
];

export const processMap: Extract<View, { kind: "process-map" }> = {
  kind: "process-map",
  title: "Order to cash: how it flows",
  nodes: activities.map(([label, count, waiting, service]) => ({
    id: label,
    label,
    count,
    waiting,
    service,
    bottleneck: label === "Check credit" || label === "Receive payment",
  })),
  edges: edges.map(([from, to, count, seconds]) => ({ from, to, count, seconds })),
};

export const table: Extract<View, { kind: "table" }> = {
  kind: "table",
  title: "Where cases wait",
  columns: [
    { key: "activity", label: "Activity", kind: "text" },
    { key: "count", label: "Events", kind: "number" },
    { key: "waiting", label: "Waiting, mean", unit: "s", kind: "number" },
    { key: "share", label: "Part of all waiting", unit: "share", kind: "number" },
  ],
  rows: activities.map(([activity, count, waiting]) => ({
    activity,
    count,
    waiting,
    share: waiting === null ? null : (waiting * count) / 2_100_000_000,
  })),
};

const weeks = Array.from({ length: 14 }, (_, week) =>
  new Date(Date.UTC(2026, 7, 10 + week * 7)).toISOString(),
);
export const series: Extract<View, { kind: "series" }> = {
  kind: "series",
  title: "Cycle time by week",
  unit: "s",
  x: "time",
  series: [
    {
      name: "median",
      points: weeks.map((week, index) => [week, 86_400 * (4 + Math.sin(index / 2) + index / 9)]),
    },
    {
      name: "90th percentile",
      points: weeks.map((week, index) => [week, 86_400 * (8 + Math.cos(index) + index / 5)]),
    },
  ],
  threshold: 86_400 * 9,
};

const shape = (id: string, x: number, width: number, height: number) =>
  `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="${120 - height / 2}" width="${width}" height="${height}"/></bpmndi:BPMNShape>`;
const flow = (id: string, from: number, to: number) =>
  `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="${from}" y="120"/><di:waypoint x="${to}" y="120"/></bpmndi:BPMNEdge>`;
const steps = ["Receive order", "Check credit", "Approve order", "Ship goods"];

function bpmnXml(): string {
  const nodes = ["start", ...steps.map((_, index) => `task${index}`), "end"];
  const flows = nodes.slice(1).map((to, index) => ({ id: `flow${index}`, from: nodes[index], to }));
  const tasks = steps.map((name, index) => `<task id="task${index}" name="${name}"/>`).join("");
  const left = (index: number) => (index === 0 ? 60 : 140 + (index - 1) * 150);
  const right = (index: number) => (index === 0 ? 96 : left(index) + 100);
  return (
    '<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" ' +
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" ' +
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" targetNamespace="urn:millwright"><process id="p">' +
    `<startEvent id="start"/>${tasks}<endEvent id="end"/>` +
    flows
      .map(({ id, from, to }) => `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`)
      .join("") +
    '</process><bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="pl" bpmnElement="p">' +
    shape("start", 60, 36, 36) +
    steps.map((_, index) => shape(`task${index}`, left(index + 1), 100, 80)).join("") +
    shape("end", left(5), 36, 36) +
    flows.map(({ id }, index) => flow(id, right(index), left(index + 1))).join("") +
    "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>"
  );
}

export const bpmn: Extract<View, { kind: "bpmn" }> = {
  kind: "bpmn",
  title: "Order to cash as BPMN",
  xml: bpmnXml(),
  marks: [{ element: "task1", kind: "bottleneck", label: "waits 2.2 days" }],
  fitness: 0.982,
  precision: 0.871,
};

const day = 86_400_000;
export const proposal = (now: number): ProposalCard => ({
  id: "p-7f3a",
  state: "pending",
  tool: "rules.publish",
  risk: "write",
  digest: "ab12cd34".repeat(8),
  summary: "Skip the credit check for orders below 500 EUR from customers with three paid orders",
  preview: {
    action: "Publish rule",
    summary:
      "Publishes version 1 of the rule “skip-credit-small”: orders below 500 EUR from customers with three paid orders go to Approve order without Check credit.",
    changes: [
      {
        what: "rule skip-credit-small",
        before: null,
        after: "if amount < 500 and paid_orders >= 3 then skip Check credit",
      },
      { what: "Cases that wait for Check credit, a week", before: 412, after: 268 },
    ],
    affected: {
      count: 144,
      unit: "cases a week",
      examples: ["O-10482 (499 EUR)", "O-10391 (12 EUR)", "O-10377"],
    },
    money: { amount: 48_200, currency: "EUR" },
    undo: { possible: true, how: "Withdrawing the rule takes effect from the next case on." },
    risks: [
      "3 of the 144 cases were later unpaid, 1 120 EUR in all.",
      "Holds while the share of small orders stays as it is.",
    ],
    why: "Check credit makes up most of the waiting, and none of the small orders of known customers failed it in the last quarter.",
    facts: [facts.waiting, facts.share],
  },
  input: { rule: "skip-credit-small" },
  requester: "maya",
  approvers: ["ana", "ben"],
  policy: "One approver who did not ask for it; 72 h.",
  expires: new Date(now + 2.6 * day).toISOString(),
});

export const secondProposal = (now: number): ProposalCard => ({
  ...proposal(now),
  id: "p-9c11",
  tool: "connectors.call-irreversible",
  risk: "irreversible",
  summary: "Send a reminder to 12 customers whose payment is overdue",
  preview: {
    ...proposal(now).preview,
    summary: "Sends one e-mail each to 12 customers; the largest open amount is 18 400 EUR.",
    undo: { possible: false, how: "A sent e-mail cannot be called back." },
    affected: { count: 12, unit: "customers", examples: ["Nordwind GmbH (18 400 EUR)", "Ito Trading"] },
    changes: [{ what: "e-mails", before: 0, after: 12 }],
  },
});

export const logs: readonly LogSummary[] = [
  {
    id: "log-otc",
    name: "order-to-cash",
    cases: 2_000,
    events: 15_646,
    first: "2026-05-04T06:12:00.000Z",
    last: "2026-11-08T17:55:00.000Z",
    mapping: {
      case: "order_id",
      activity: "activity",
      timestamp: "completed",
      start: "started",
      resource: "clerk",
      separator: ";",
      dateFormat: "dd.MM.yyyy HH:mm",
      encoding: "utf-8",
      zone: "Europe/Berlin",
      reasons: {
        case: "2,000 distinct values, each on several rows, and the name ends in id",
        activity: "11 distinct texts, named activity",
        timestamp: "every cell is a time; the later of two time columns",
        start: "every cell is a time; never after completed",
        resource: "14 distinct names",
      },
    },
    findings: [
      { kind: "duplicate", count: 3, example: "row 812 equals row 811" },
      { kind: "near-name", count: 1, example: "“Ship goods” and “Ship  goods”" },
      { kind: "outlier", count: 17, example: { case: "O-10022", days: 93 } },
    ],
  },
  {
    id: "log-helpdesk",
    name: "helpdesk",
    cases: 800,
    events: 4_112,
    first: "2026-06-01T07:00:00.000Z",
    last: "2026-11-14T16:20:00.000Z",
    mapping: { case: "ticket", activity: "status", timestamp: "time" },
    findings: [],
  },
];

export const monitor = {
  kpis: [
    {
      name: "Order cycle time",
      log: "order-to-cash",
      metric: "cycle_time",
      value: 421_000,
      limit: 432_000,
      unit: "s",
    },
    {
      name: "Credit check waiting",
      log: "order-to-cash",
      metric: "waiting_time",
      value: 187_200,
      limit: 86_400,
      unit: "s",
    },
    { name: "Rework", log: "order-to-cash", metric: "rework", value: 0.093, limit: 0.1, unit: "share" },
    { name: "Throughput", log: "helpdesk", metric: "throughput", value: 212, limit: null, unit: "cases" },
  ],
  alerts: [
    {
      id: "a1",
      title: "Credit check waiting is above its limit",
      text: "2.2 days on average against 1 day, since Monday.",
      at: "2026-11-16T08:31:00.000Z",
      thread: "earlier",
    },
  ],
  promises: [
    {
      id: "w1",
      proposal: "p-1",
      metric: "waiting_time",
      activity: "Check credit",
      unit: "s",
      before: 187_200,
      expected: 121_000,
      low: 104_000,
      high: 138_000,
      last: { value: 117_300, verdict: "kept" },
    },
  ],
};

/** What the people of the screens have pinned; whoever is not here has pinned nothing. */
export const pinned: Readonly<Record<string, readonly string[]>> = {
  maya: ["Credit check waiting", "Rework"],
};

const week = (at: number, value: number | null) => ({
  key: `2026-W${30 + at}`,
  start: 0,
  end: 0,
  value,
  n: 90,
  breaches: 0,
  isPartial: at === 15,
});

/** By KPI, as `kpi.query` measures it by week. */
export const measured: Readonly<Record<string, object>> = {
  "Credit check waiting": {
    metric: "waiting_time",
    statistic: "mean",
    value: 187_200,
    unit: "s",
    n: 1_184,
    limit: 86_400,
    periods: [98, 102, 95, 120, 131, null, 128, 142, 139, 150, 163, 171, 168, 180, 191, 20].map((hours, at) =>
      week(at, hours === null ? null : hours * 1_000),
    ),
  },
  Rework: {
    metric: "rework",
    statistic: "share",
    value: 0.093,
    unit: "share",
    n: 1_184,
    limit: 0.1,
    periods: [0.08, 0.11, 0.093].map((share, at) => week(at, share)),
  },
};

const kinds = [
  "proposal.created",
  "proposal.approved",
  "proposal.executing",
  "proposal.executed",
  "log.imported",
];
export const ledgerEntries = Array.from({ length: 23 }, (_, index) => ({
  seq: index + 1,
  kind: kinds[index % kinds.length],
  actor: ["maya", "ana", "executor"][index % 3],
  subject: index % 5 === 4 ? "log-otc" : "p-7f3a",
  at: new Date(Date.UTC(2026, 10, 16, 8, index)).toISOString(),
  previous: "0".repeat(64),
  hash: (index * 7_919 + 104_729).toString(16).padStart(8, "0").repeat(8),
}));
