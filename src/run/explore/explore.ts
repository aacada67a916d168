// Every schedule of a small plan, each once up to equivalence, each run and judged.
import { judgeAll } from "../../../properties/index.js";
import type { Clock } from "../../store/clock.js";
import type { Send } from "../../store/request.js";
import type { Client, Target } from "../../targets/target.js";
import type { Violation } from "../campaign.js";
import { execute, type Run } from "../execute.js";
import type { Plan } from "../plan.js";
import { remember } from "../shrink/edits.js";
import { memoryTier } from "../tiers.js";
import { type Noted, ScheduleTree } from "./schedule-tree.js";

export interface ExploreOptions {
  /** Without faults and personalities; time must stand still (`stepMs` 0), or no two requests would commute. */
  readonly plan: Plan;
  readonly target: Target;
  readonly clock: Clock;
  /** No schedule is begun after so many milliseconds. */
  readonly timeLimitMs: number;
  readonly interrupted: () => boolean;
  /** False: every schedule, also those that differ only in the order of what commutes. */
  readonly reduced?: boolean;
  /** Hears of each schedule's run. */
  readonly onRun?: (run: Run) => void;
}

export interface Exploration {
  readonly verdict: "valid" | "invalid" | "unknown";
  /** Schedules that were run and judged. */
  readonly schedules: number;
  /** Runs that turned out to be equivalent to an earlier one on the way. */
  readonly redundant: number;
  readonly steps: number;
  /** True where there is no other schedule. */
  readonly complete: boolean;
  readonly violation: Violation | null;
  readonly interrupted: boolean;
  readonly elapsedMs: number;
}

/** Between two looks at the real world, milliseconds. */
const BREATH_MS = 50;

/** Ends at the first violation, when there are no more schedules, or when time or patience runs out. */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const { plan, target, clock, timeLimitMs } = options;
  const startMs = clock.now();
  const tree = new ScheduleTree(options.reduced ?? true);
  const watched = watching(target, tree.noted);
  const tally = { schedules: 0, redundant: 0, steps: 0, unknown: 0 };
  let breathMs = startMs;
  let violation: Violation | null = null;
  let more = true;
  let interrupted = false;
  while (more && violation === null && clock.now() - startMs < timeLimitMs) {
    if (clock.now() - breathMs >= BREATH_MS) {
      await clock.sleep(0);
      breathMs = clock.now();
      interrupted = options.interrupted();
      if (interrupted) break;
    }
    const run = await execute(plan, watched, memoryTier, { chosen: tree.strategy() });
    if (tree.redundant) tally.redundant += 1;
    else {
      options.onRun?.(run);
      violation = judged(plan, run, tally);
    }
    more = tree.next();
  }
  const { schedules, redundant, steps, unknown } = tally;
  const complete = !more;
  const verdict = violation !== null ? "invalid" : complete && unknown === 0 ? "valid" : "unknown";
  const elapsedMs = clock.now() - startMs;
  return { verdict, schedules, redundant, steps, complete, violation, interrupted, elapsedMs };
}

// --- internal ---

function judged(plan: Plan, run: Run, tally: { schedules: number; steps: number; unknown: number }): Violation | null {
  const number = tally.schedules;
  tally.schedules += 1;
  tally.steps += run.lanes.length;
  const { violation, unknown } = judgeAll(run.record);
  if (violation === null) {
    if (run.exhausted || unknown.length > 0) tally.unknown += 1;
    return null;
  }
  const { name, promise, claim } = violation.property;
  const recorded: Plan = { ...plan, schedule: { lanes: run.lanes } };
  remember(recorded, run);
  return { run: number, property: name, promise, claim, message: violation.message, plan: recorded, evidence: run };
}

/** The target, noting for the tree when its clients are asked, when they answer, and what the store refused. */
function watching(target: Target, noted: Noted): Target {
  const open: Target["open"] = (env) => {
    const send: Send = async (request) => {
      const response = await env.send(request);
      noted.refused = response.status >= 300;
      return response;
    };
    const client = target.open({ ...env, send });
    const watch =
      <A extends readonly unknown[], T>(method: (...args: A) => Promise<T>) =>
      async (...args: A): Promise<T> => {
        noted.asked = true;
        const answer = await method(...args);
        noted.answered = true;
        return answer;
      };
    const watchedClient: Client = {
      begin: watch(client.begin),
      get: watch(client.get),
      scan: watch(client.scan),
      put: watch(client.put),
      delete: watch(client.delete),
      commit: watch(client.commit),
      end: watch(client.end),
      compact: watch(client.compact),
      gc: watch(client.gc),
      recover: watch(client.recover),
    };
    return watchedClient;
  };
  return { ...target, open };
}
