"""One whole process of PM4Py: import, directly-follows graph, variants and performance of one log; no model."""
import json
import logging
import os
import sys
import warnings

os.environ["TQDM_DISABLE"] = "1"
warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import pm4py  # noqa: E402


def read(path):
    if path.endswith(".csv"):
        import pandas

        frame = pandas.read_csv(path)
        time = "timestamp" if "timestamp" in frame else "end_time"
        return pm4py.format_dataframe(
            frame, case_id="case_id", activity_key="activity", timestamp_key=time
        )
    return pm4py.read_xes(path, variant="rustxes")


def main():
    log = read(sys.argv[1])
    edges, _, _ = pm4py.discover_dfg(log)
    variants = pm4py.get_variants(log)
    pm4py.discover_performance_dfg(log)
    cases = log["case:concept:name"].nunique()
    print(
        json.dumps(
            {"cases": cases, "events": len(log), "variants": len(variants), "edges": len(edges)}
        )
    )


main()
