"""What PM4Py needs for models in one process: the best of a few runs of each, seconds, as one JSON object.

Arguments: the log to discover in, the log to replay, the Petri net to replay it on."""
import json
import logging
import os
import sys
import time
import warnings

os.environ["TQDM_DISABLE"] = "1"
warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import pm4py  # noqa: E402


def best(work, runs):
    took = []
    for _ in range(runs):
        begun = time.perf_counter()
        result = work()
        took.append(time.perf_counter() - begun)
    return min(took), result


def main():
    discovered, replayed, model = sys.argv[1:4]
    log = pm4py.read_xes(discovered, variant="rustxes")
    report = {}
    for noise in (0.0, 0.2):
        name = f"inductive {noise}"
        report[name], _ = best(lambda: pm4py.discover_process_tree_inductive(log, noise_threshold=noise), 1)
    log = pm4py.read_xes(replayed, variant="rustxes")
    net = pm4py.read_pnml(model)
    report["token replay"], replay = best(lambda: pm4py.fitness_token_based_replay(log, *net), 3)
    report["token fitness"] = replay["log_fitness"]
    print(json.dumps(report))


main()
