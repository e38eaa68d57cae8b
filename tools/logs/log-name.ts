const ENDING = /\.(csv|tsv|txt|xes|json|jsonl|ndjson|parquet|jsonocel|xmlocel|xml|sqlite|db)$/i;

/** "C:\\logs\\orders.csv.gz" → "orders": the last part, without the endings of log files and control characters. */
export function logName(name: string): string {
  const last = name.split(/[/\\]/).pop() ?? "";
  const bare = last.replace(/\.gz$/i, "").replace(ENDING, "");
  const clean = bare.replace(/\p{C}/gu, " ").trim().slice(0, 120);
  return clean === "" || /^\.+$/.test(clean) ? "log" : clean;
}
