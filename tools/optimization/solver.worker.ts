/** The thread that HiGHS (Huangfu & Hall 2018; npm `highs`) runs in: one model in, one solution out. */
import { parentPort, workerData } from "node:worker_threads";
import loadHighs, { type Highs } from "highs";
import type { LinearModel, Solution, SolverOptions, SolverStatus } from "./core/linear-model.ts";

function statusOf(highs: Highs, code: number, hasSolution: boolean): SolverStatus {
  const { optimal, infeasible, unbounded, unboundedOrInfeasible } = highs.constants.modelStatus;
  if (code === optimal) return "optimal";
  if (code === infeasible || code === unboundedOrInfeasible) return "infeasible";
  if (code === unbounded) return "unbounded";
  return hasSolution ? "feasible" : "no-solution";
}

/** HiGHS' value of `primal_solution_status` for a feasible point. */
const feasiblePoint = 2;

function solve(highs: Highs, model: LinearModel, options: SolverOptions): Solution {
  const [columns, rows] = [model.cost.length, model.rowLower.length];
  using instance = highs.createModel({
    numCols: columns,
    numRows: rows,
    colCost: model.cost,
    colLower: model.lower,
    colUpper: model.upper,
    rowLower: model.rowLower,
    rowUpper: model.rowUpper,
    integrality: Int32Array.from(model.integer),
    matrix: {
      format: "csr",
      numCols: columns,
      numRows: rows,
      starts: model.starts,
      indices: model.indices,
      values: model.values,
    },
  });
  instance.options.set({
    output_flag: false,
    time_limit: options.seconds,
    mip_rel_gap: options.gap,
    random_seed: 1,
  });
  instance.run();
  const hasSolution = Number(instance.info.get("primal_solution_status")) === feasiblePoint;
  const status = statusOf(highs, instance.getModelStatus(), hasSolution);
  const isMip = model.integer.some((flag) => flag === 1);
  return {
    status,
    objective: hasSolution ? instance.getObjectiveValue() : null,
    gap: hasSolution ? (isMip ? Number(instance.info.get("mip_gap")) : 0) : null,
    values: hasSolution ? Float64Array.from(instance.getSolution().colValue) : null,
    seconds: instance.getRunTime(),
  };
}

const { model, options } = workerData as { model: LinearModel; options: SolverOptions };
parentPort?.postMessage(solve(await loadHighs(), model, options));
