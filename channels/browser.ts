import { spawn } from "node:child_process";

/**
 * Opens an address in the person's browser where there is a desktop. False where there is none, or no opener: the
 * address has been printed anyway.
 */
export function openBrowser(address: string, environment: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const opener = openerOf(environment);
  if (!opener) return Promise.resolve(false);
  const [command = "", ...words] = opener;
  return new Promise((resolve) => {
    const child = spawn(command, [...words, address], { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}

function openerOf(environment: NodeJS.ProcessEnv): readonly string[] | null {
  if (environment["CI"] || environment["SSH_CONNECTION"]) return null;
  if (process.platform === "darwin") return ["open"];
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return environment["DISPLAY"] || environment["WAYLAND_DISPLAY"] ? ["xdg-open"] : null;
}
