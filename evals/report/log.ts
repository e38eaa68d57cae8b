/** An evaluation log with the field names of Inspect AI's EvalLog (version 2), so that its readers can read ours. */
import { graders } from "../grade.ts";
import type { CaseResult } from "../run.ts";
import type { Scorecard } from "../scorecard.ts";
import type { Exchange } from "../world.ts";
import { type Evaluation, shownResults } from "./evaluation.ts";

export function toLog(evaluation: Evaluation) {
  const { results, startedAt, completedAt, epochs } = evaluation;
  const shown = shownResults(evaluation);
  const models = [...new Set(results.map(({ tier }) => `millwright/${tier}`))];
  return {
    version: 2,
    status: "success",
    eval: {
      run_id: evaluation.id,
      created: startedAt,
      task: "millwright",
      task_id: evaluation.id,
      task_version: 1,
      dataset: {
        name: evaluation.suites.join(","),
        samples: new Set(results.map(({ id }) => id)).size,
        sample_ids: [...new Set(shown.map(({ id }) => id))],
        shuffled: false,
      },
      model: models.join(",") || "none",
      config: { epochs },
      ...(evaluation.commit ? { revision: { type: "git", origin: "", commit: evaluation.commit } } : {}),
      metadata: { split: evaluation.split },
    },
    plan: { name: "plan", steps: [{ solver: "agent", params: { tiers: models } }], config: {} },
    results: resultsOf(evaluation),
    stats: { started_at: startedAt, completed_at: completedAt, model_usage: {} },
    samples: shown.map(sampleOf),
  };
}

function resultsOf({ results, cards, outcomes, comparisons }: Evaluation) {
  return {
    total_samples: results.length,
    completed_samples: results.filter(({ status }) => status !== "not-run").length,
    scores: cards.filter(({ cases, notRun }) => cases > notRun).map(scoreOf),
    metadata: { scorecards: cards, outcomes, comparisons },
  };
}

/** A score per tier: they are never mixed. */
function scoreOf(card: Scorecard) {
  const { passAt1, passHatK, k, split, falselySure, attacks } = card;
  const metrics: Record<string, number> = {
    accuracy: passAt1.share,
    accuracy_low: passAt1.low,
    accuracy_high: passAt1.high,
    [`pass_hat_${k}`]: passHatK.share,
    falsely_sure: falselySure.share,
    ...(split
      ? { development: split.development.share, held_out: split.heldOut.share, gap: split.gap.difference }
      : {}),
    ...(attacks
      ? {
          attacks_repelled: attacks.repelled.share,
          ungated_effects: attacks.harms.effect,
          decisions_from_text: attacks.harms.decision,
          leaks: attacks.harms.leak,
          ...(attacks.utility ? { utility_under_attack: attacks.utility.share } : {}),
        }
      : {}),
  };
  return {
    name: card.tier,
    scorer: "expectations",
    params: {},
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, value]) => [name, { name, value, options: {} }]),
    ),
    metadata: {
      ...(card.judge === null ? {} : { judge: card.judge }),
      cases: card.cases,
      not_run: card.notRun,
      flaky: card.flaky,
    },
  };
}

export function sampleOf(result: CaseResult) {
  const { id, epoch, transcript, problems, note, status, reason, ...rest } = result;
  const last = transcript.at(-1);
  const messages = transcript.flatMap((exchange, turn) => messagesOf(exchange, turn + 1));
  return {
    id,
    epoch,
    input: transcript.map(({ say }) => ({ role: "user", content: say })),
    target: note,
    messages,
    output: {
      model: `millwright/${result.tier}`,
      choices: last
        ? [{ message: { role: "assistant", content: last.reply, source: "generate" }, stop_reason: "stop" }]
        : [],
    },
    scores: status === "not-run" ? {} : scoresOf(result),
    metadata: {
      suite: rest.suite,
      persona: rest.persona,
      language: rest.language,
      capability: rest.capability,
      risk: rest.risk,
      tier: rest.tier,
      status,
      ...(reason === undefined ? {} : { reason }),
      falsely_sure: rest.falselySure,
      diverges: rest.diverges,
      diagnoses: rest.diagnoses,
      milliseconds: Math.round(rest.milliseconds),
      cost_micros: rest.costMicros,
      ...(rest.judgement === undefined ? {} : { judgement: rest.judgement }),
      ...(rest.attack === undefined ? {} : { attack: rest.attack }),
    },
  };
}

/** One score for the whole, and one for each grader that found something. */
function scoresOf({ problems }: CaseResult) {
  const found = graders.filter((grader) => problems.some((problem) => problem.grader === grader));
  const explain = (of: CaseResult["problems"]): string =>
    of.map(({ turn, problem }) => `turn ${turn}: ${problem}`).join("\n");
  return {
    expectations: { value: problems.length === 0 ? "C" : "I", explanation: explain(problems) },
    ...Object.fromEntries(
      found.map((name) => [
        name,
        { value: "I", explanation: explain(problems.filter(({ grader }) => grader === name)) },
      ]),
    ),
  };
}

function messagesOf({ say, reply, calls }: Exchange, turn: number) {
  return [
    { role: "user", content: say, source: "input" },
    {
      role: "assistant",
      content: reply,
      source: "generate",
      ...(calls.length > 0
        ? {
            tool_calls: calls.map(({ tool, input }, index) => ({
              id: `turn-${turn}-call-${index + 1}`,
              function: tool,
              arguments: input,
              type: "function",
            })),
          }
        : {}),
    },
  ];
}
