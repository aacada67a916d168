// What happened in a run and how often, in one pass over history and story: most situations are lines of this.
import type { Applied, RunRecord } from "../model/story.js";

/**
 * Counts by name: `fail commit conflict`, `info commit`, `ok commit`, `crash`, `fault zombie 200`,
 * `PUT segments/ 412` (of PUTs only what was refused; of DELETEs not the leases). The folder ends with its slash.
 */
export function tallyOf({ history, story }: RunRecord): ReadonlyMap<string, number> {
  const tally = new Map<string, number>();
  const count = (name: string): void => void tally.set(name, (tally.get(name) ?? 0) + 1);
  for (const event of history) {
    if (event.type === "crash") count("crash");
    else if (event.type === "fail") count(`fail ${event.op} ${event.error ?? ""}`);
    else if (event.type === "info") count(`info ${event.op}`);
    else if (event.type === "ok" && event.op === "commit" && event.txn !== undefined) count("ok commit");
  }
  for (const applied of story) {
    const { method, status, fault } = applied;
    if (fault !== undefined) count(`fault ${fault} ${status}`);
    // A lease goes at the end of every session: nothing to count, and the most frequent DELETE by far.
    const counts = method === "DELETE" ? !applied.key.startsWith("leases/") : method === "PUT" && status >= 300;
    if (counts) count(`${method} ${folderOf(applied)} ${status}`);
  }
  return tally;
}

// --- internal ---

function folderOf({ key }: Applied): string {
  const slash = key.indexOf("/");
  return slash < 0 ? key : key.slice(0, slash + 1);
}
