// Whether two runs that differ in the order of some steps came to the same.
import { judgeAll } from "../properties/index.js";
import type { Run } from "../src/run/execute.js";

/** What a run comes to, whatever the order of what commutes: each client's answers, the bucket, real time, the verdict. */
export function outcomeOf({ record, content }: Run): string {
  const { history } = record;
  const clients = [...new Set(history.map(({ client }) => client))].sort();
  const own = clients.map((client) =>
    history.filter((event) => event.client === client).map(({ step: _step, ...event }) => event),
  );
  // Real time: for each invoke, how many answers each client had heard before.
  const heard: Record<string, number> = {};
  const before: Record<string, string[]> = {};
  for (const { client, type } of history) {
    if (type !== "invoke") heard[client] = (heard[client] ?? 0) + 1;
    else before[client] = [...(before[client] ?? []), JSON.stringify(Object.entries(heard).sort())];
  }
  const { violation } = judgeAll(record);
  return JSON.stringify([own, Object.entries(before).sort(), content?.(), violation?.property.name ?? null]);
}
