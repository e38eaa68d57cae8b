/** A process's world under attack. It is made anew now and then, so that what earlier payloads left stays little. */
import { join } from "node:path";
import { type CaseResult, identity } from "../run.ts";
import type { CaseTask } from "../worlds/messages.ts";
import { runAttack } from "./run.ts";
import { openTarget, type Target } from "./target.ts";

const attacksInAWorld = 40;

export interface AttackWorlds {
  run(task: CaseTask): Promise<CaseResult>;
  close(): Promise<void>;
}

export function attackWorlds(folder: string): AttackWorlds {
  let target: Target | null = null;
  let [opened, attacks] = [0, 0];
  const close = async (): Promise<void> => {
    await target?.close();
    target = null;
  };
  const next = async (): Promise<Target> => {
    if (attacks % attacksInAWorld === 0) await close();
    attacks += 1;
    if (target !== null) return target;
    opened += 1;
    target = await openTarget(join(folder, `attacked-${opened}`));
    return target;
  };
  return {
    async run({ one, tier, epoch }) {
      const { attack } = one;
      if (attack === undefined) throw new TypeError(`${one.id} is no attack`);
      const options = { tier, epoch, clock: () => performance.now() };
      const attacked = await next();
      const result = await runAttack({ ...one, attack }, attacked, options);
      // What an attack has changed must not be held against the next one.
      if (result.status === "failed") await close();
      return { ...identity(one, options), ...result };
    },
    close,
  };
}
