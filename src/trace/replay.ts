// Replay: runs a trace's plan again on its target and compares the history, event by event.
import { judgeAll } from "../../properties/index.js";
import { isProgram, type Target, targetOf } from "../run/choices.js";
import { execute, type Run } from "../run/execute.js";
import { firstDifference } from "../run/likeness.js";
import { memoryTier } from "../run/tiers.js";
import { type Exchange, watched } from "../run/watched.js";
import { plain } from "./plain.js";
import type { Trace } from "./trace.js";

export interface Replayed {
  /** What the run shows now. */
  readonly verdict: "valid" | "invalid" | "unknown";
  /** The same property is broken again, in the same run. */
  readonly reproduced: boolean;
  readonly property: string | null;
  readonly message: string | null;
  /** The first step at which the run is no longer the recorded one, with both sides in words. */
  readonly diverged: { readonly step: number; readonly expected: string; readonly got: string } | null;
  /** A program that keeps its promises now went another way: here. */
  readonly elsewhere: Replayed["diverged"];
  /** How the store of the run breaks S3's contract. */
  readonly personalities: readonly string[];
  readonly run: Run;
}

/**
 * Replays on the recorded target, or on another one: a planted bug's trace passes on the real manifest. A program has to
 * be given, it is not started here. It draws nonces and times of its own, so it has followed the trace if it breaks the
 * same property; if it does not, what its clients were answered says where it went another way. `onHeard` is told of each
 * request that was answered.
 */
export async function replayTrace(
  trace: Trace,
  target: Target = targetOf(trace.target.id),
  onHeard?: (exchange: Exchange) => void,
): Promise<Replayed> {
  const tier = onHeard === undefined ? memoryTier : watched(memoryTier, onHeard);
  const run = await execute(trace.plan, target, tier, { fresh: true });
  const { violation, unknown } = judgeAll(run.record, { wanted: trace.verdict.property });
  const verdict = violation !== null ? "invalid" : unknown.length > 0 || run.exhausted ? "unknown" : "valid";
  const same = violation?.property.name === trace.verdict.property;
  const other = isProgram(target)
    ? same
      ? null
      : firstDifference(trace.history, run.record.history)
    : divergenceOf(trace, run);
  // A program that has been mended can't follow the trace. In process it can tell nothing: another run was judged.
  const elsewhere = isProgram(target) && verdict === "valid" ? other : null;
  const diverged = elsewhere === null ? other : null;
  return {
    verdict,
    reproduced: diverged === null && same,
    property: violation?.property.name ?? null,
    message:
      violation?.message ?? unknown[0]?.message ?? (run.exhausted ? "the run did not end within its steps" : null),
    diverged,
    elsewhere,
    personalities: trace.plan.personalities ?? [],
    run,
  };
}

// --- internal ---

function divergenceOf(trace: Trace, { record, departed }: Run): Replayed["diverged"] {
  const length = Math.max(record.history.length, trace.history.length);
  for (let i = 0; i < length; i += 1) {
    const [before, now] = [trace.history[i], record.history[i]];
    const expected = before === undefined ? "the end" : plain(JSON.stringify(before));
    const got = now === undefined ? "the end" : plain(JSON.stringify(now));
    if (expected !== got) return { step: Math.min(before?.step ?? length, now?.step ?? length), expected, got };
  }
  return departed === undefined
    ? null
    : { step: departed.step, expected: `lane ${departed.lane} waits`, got: "it does not" };
}
