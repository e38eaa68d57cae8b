/** Files uploaded in this visit: with one of them at hand, a mapping can be corrected without choosing it again. */
const files = new Map<string, File>();

export const rememberFile = (log: string, file: File): void => void files.set(log, file);
export const keptFile = (log: string): File | null => files.get(log) ?? null;
