/** What the screens read, each under one cache key. */
import { QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  Calendar,
  DecideResult,
  Fact,
  LogCalendar,
  LogSummary,
  Person,
  ProposalCard,
} from "../../channels/contract.ts";
import { RequestError, requestJson } from "./api.ts";
import type { EvalRun } from "./evals/run.ts";

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => count < 2 && !(error instanceof RequestError && error.problem.status >= 400),
      },
    },
  });

export interface ThreadSummary {
  readonly id: string;
  readonly title: string;
  readonly log: string | null;
  readonly lastSeq: number;
  readonly createdAt: string;
}

export interface CheckedFact {
  readonly fact: Fact;
  readonly rerun: {
    readonly value: number | null;
    readonly agrees: boolean;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly unknown[])[];
  };
}

export interface Ledger {
  readonly entries: readonly unknown[];
  readonly verified: {
    readonly ok: boolean;
    readonly entries: number;
    readonly problem: string | null;
  } | null;
}

export interface Monitor {
  readonly kpis: readonly unknown[];
  readonly alerts: readonly unknown[];
  readonly promises: readonly unknown[];
}

export const keys = {
  session: ["session"],
  people: ["people"],
  threads: ["threads"],
  logs: ["logs"],
  calendars: ["calendars"],
  logCalendar: (log: string) => ["calendars", log],
  proposals: ["proposals"],
  proposal: (id: string) => ["proposals", id],
  fact: (id: string) => ["facts", id],
  monitor: ["monitor"],
  /** Beneath what is remembered: whatever changes that, changes this. */
  pinned: ["memories", "pinned"],
  kpiValues: ["kpi-values"],
  measured: (kpi: string, log: string | null) => ["measured", kpi, log],
  ledger: (verify: boolean) => ["ledger", verify],
  evals: ["evals"],
} as const;

const path = (...pieces: readonly string[]): string => `/v1/${pieces.map(encodeURIComponent).join("/")}`;

export interface Session {
  readonly person: Person | null;
  readonly tenant: string;
  /** How one signs in here: by choosing a name on one's own machine, else with a token. */
  readonly signIn: "people" | "token";
}

export const useSession = () =>
  useQuery({
    queryKey: keys.session,
    queryFn: () => requestJson<Session>(path("session")),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Who is signed in; null for nobody, and until it is known. */
export const usePerson = (): Person | null => useSession().data?.person ?? null;

export const usePeople = () =>
  useQuery({ queryKey: keys.people, queryFn: () => requestJson<readonly Person[]>(path("people")) });

export const useThreads = () =>
  useQuery({
    queryKey: keys.threads,
    queryFn: () => requestJson<readonly ThreadSummary[]>(path("threads")),
  });

export const useLogs = () =>
  useQuery({ queryKey: keys.logs, queryFn: () => requestJson<readonly LogSummary[]>(path("logs")) });

export const useCalendars = () =>
  useQuery({
    queryKey: keys.calendars,
    queryFn: () => requestJson<readonly Calendar[]>(path("calendars")),
  });

export const useLogCalendar = (log: string) =>
  useQuery({
    queryKey: keys.logCalendar(log),
    queryFn: () => requestJson<LogCalendar>(path("logs", log, "calendar")),
  });

/** Chooses what "business hours" mean on a log; null for the usual ones. */
export function useSetLogCalendar(log: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (calendar: string | null) =>
      requestJson<LogCalendar>(path("logs", log, "calendar"), { method: "PUT", body: { calendar } }),
    onSuccess: (chosen) => client.setQueryData(keys.logCalendar(log), chosen),
  });
}

/** Proposals change through other people, so they are asked for again now and then. */
export const useProposals = () =>
  useQuery({
    queryKey: keys.proposals,
    queryFn: () => requestJson<readonly ProposalCard[]>(path("proposals")),
    refetchInterval: 10_000,
  });

/** One proposal as it stands now; `known` is shown until the server has answered. */
export const useProposal = (id: string, known?: ProposalCard) =>
  useQuery({
    queryKey: keys.proposal(id),
    queryFn: () => requestJson<ProposalCard>(path("proposals", id)),
    ...(known === undefined ? {} : { placeholderData: known }),
    refetchInterval: (query) => (isSettled(query.state.data?.state) ? false : 5_000),
  });

const settled = new Set(["executed", "failed", "rejected", "expired", "superseded", "undone"]);
const isSettled = (state: string | undefined): boolean => state !== undefined && settled.has(state);

export const useFact = (id: string) =>
  useQuery({
    queryKey: keys.fact(id),
    queryFn: () => requestJson<CheckedFact>(path("facts", id)),
    staleTime: 60_000,
  });

export const useMonitor = () =>
  useQuery({
    queryKey: keys.monitor,
    queryFn: () => requestJson<Monitor>(path("monitor")),
    refetchInterval: 5_000,
  });

/** Measuring takes its time and leaves an analysis, so it is done now and then. */
const measuredFor = 5 * 60_000;

const callTool = (tool: string, input: object): Promise<unknown> =>
  requestJson(path("tools", tool), { method: "POST", body: { input } });

export const usePinned = () =>
  useQuery({
    queryKey: keys.pinned,
    queryFn: () => callTool("memory.list", { kind: "pinned-kpi" }) as Promise<{ readonly data: unknown }>,
  });

/** All KPIs over their whole logs. */
export const useKpiValues = () =>
  useQuery({
    queryKey: keys.kpiValues,
    queryFn: () => callTool("kpi.list", {}) as Promise<{ readonly data: unknown }>,
    staleTime: measuredFor,
    refetchInterval: measuredFor,
  });

/** A KPI over its whole log and by week. */
export const useMeasuredKpi = (kpi: string, log: string | null) =>
  useQuery({
    queryKey: keys.measured(kpi, log),
    queryFn: () => callTool("kpi.query", { kpi, period: "week", ...(log === null ? {} : { log }) }),
    staleTime: measuredFor,
    refetchInterval: measuredFor,
  });

export const useLedger = (verify: boolean) =>
  useQuery({
    queryKey: keys.ledger(verify),
    queryFn: () => requestJson<Ledger>(`${path("ledger")}${verify ? "?verify=1&limit=500" : "?limit=500"}`),
  });

interface EvalResult {
  readonly data: EvalRun | null;
}

const callEvals = async (tool: "evals.report" | "evals.run", input: unknown): Promise<EvalRun | null> =>
  (await requestJson<EvalResult>(path("tools", tool), { method: "POST", body: { input } })).data;

/** The last run of the evals that is kept; null when there is none. */
export const useEvalRun = () =>
  useQuery({ queryKey: keys.evals, queryFn: () => callEvals("evals.report", {}) });

/** Runs a suite; takes as long as its cases do. */
export function useRunEvals() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (suite: string) => callEvals("evals.run", { suite }),
    onSuccess: (run) => client.setQueryData(keys.evals, run),
  });
}

export interface Verdict {
  readonly proposal: ProposalCard;
  readonly verdict: "approve" | "reject";
  readonly reason?: string;
}

/** Sends a verdict bound to the digest that was on the screen. */
export function useDecide() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ proposal, verdict, reason }: Verdict) =>
      requestJson<DecideResult>(path("proposals", proposal.id, "decision"), {
        method: "POST",
        body: { digest: proposal.digest, verdict, ...(reason ? { reason } : {}) },
      }),
    onSuccess: (result) => client.setQueryData(keys.proposal(result.proposal.id), result.proposal),
    onSettled: () => client.invalidateQueries({ queryKey: keys.proposals }),
  });
}

/** Proposes to take an executed proposal back. */
export function useUndo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      requestJson<ProposalCard>(path("proposals", id, "undo"), { method: "POST", body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.proposals }),
  });
}

/** Begins or ends the local session; everything that was read as somebody else is forgotten. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (credential: { person: string } | { token: string } | null) => {
      await requestJson(
        path("session"),
        credential ? { method: "POST", body: credential } : { method: "DELETE" },
      );
    },
    onSuccess: async () => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
      await client.invalidateQueries({ queryKey: keys.session });
    },
  });
}
