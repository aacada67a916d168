// When two runs of a plan are the same although processes draw nonces and times of their own: when each client was
// answered the same, up to renaming those.
import type { HistoryEvent } from "../../model/history.js";

export interface Difference {
  readonly step: number;
  readonly expected: string;
  readonly got: string;
}

/** The first event, client by client, in which two histories differ; null where they are alike. */
export function firstDifference(before: readonly HistoryEvent[], now: readonly HistoryEvent[]): Difference | null {
  let first: Difference | null = null;
  for (const client of new Set([...before, ...now].map((event) => event.client))) {
    const difference = differenceOf(ofClient(before, client), ofClient(now, client));
    if (difference !== null && (first === null || difference.step < first.step)) first = difference;
  }
  return first;
}

// --- internal ---

const ofClient = (history: readonly HistoryEvent[], client: string): readonly HistoryEvent[] =>
  history.filter((event) => event.client === client);

function differenceOf(before: readonly HistoryEvent[], now: readonly HistoryEvent[]): Difference | null {
  for (let i = 0; i < Math.max(before.length, now.length); i += 1) {
    const [expected, got] = [before[i], now[i]];
    if (textOf(expected) === textOf(got)) continue;
    return { step: expected?.step ?? got?.step ?? 0, expected: textOf(expected), got: textOf(got) };
  }
  return null;
}

/** What a client saw, without the moment and the words of an error: both may hold what a process drew for itself. */
function textOf(event: HistoryEvent | undefined): string {
  if (event === undefined) return "nothing more";
  const {
    step: _step,
    atMs: _atMs,
    message: _message,
    ...seen
  } = event as HistoryEvent & { readonly message?: string };
  return JSON.stringify(seen);
}
