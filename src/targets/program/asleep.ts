// Does a process sleep? On Linux /proc tells, so that whoever has sent a request can be seen to send no other one with it.
import { readdirSync, readFileSync } from "node:fs";

/**
 * True if every thread of the process and of those that it started sleeps or stands still, false if one runs, or would if
 * it had a processor; undefined where nothing can be told: not on Linux, or the process is gone. (proc(5), field 3 of stat)
 */
export function isAsleep(pid: number): boolean | undefined {
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const folder = `/proc/${pid}/task/${thread}`;
      const stat = readFileSync(`${folder}/stat`, "latin1");
      // The second field is the command in brackets, which may hold brackets and spaces itself.
      if (!SLEEPING.includes(stat[stat.lastIndexOf(")") + 2] ?? "")) return false;
      for (const child of childrenOf(folder)) if (isAsleep(child) === false) return false;
    }
    return true;
  } catch {
    return undefined;
  }
}

// --- internal ---

/** S: waits for something. T, t: stopped. I: an idle thread of the kernel. Z, X: ended. */
const SLEEPING = "STtIZX";

/** Empty where the kernel was built without that file. */
function childrenOf(folder: string): readonly number[] {
  try {
    return readFileSync(`${folder}/children`, "latin1").split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
