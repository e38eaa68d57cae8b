import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { LogSummary } from "../../../channels/contract.ts";
import { keys } from "../queries.ts";
import { navigate } from "../router.ts";
import { rememberFile } from "./kept-files.ts";
import { type Progress, uploadLog } from "./upload.ts";

/** Imports a log's file once more, read otherwise, and goes to what became of it. */
export function useImportAgain(log: LogSummary) {
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const run = async (file: File, mapping: Record<string, string>) => {
    setFailure(null);
    setProgress({ message: "Sending", share: 0 });
    try {
      const imported = await uploadLog({ file, mapping, onProgress: setProgress });
      rememberFile(imported.id, file);
      await client.invalidateQueries({ queryKey: keys.logs });
      if (imported.id !== log.id) navigate(`/logs/${encodeURIComponent(imported.id)}`);
    } catch (error) {
      setFailure(error);
    } finally {
      setProgress(null);
    }
  };
  return { progress, failure, run };
}
