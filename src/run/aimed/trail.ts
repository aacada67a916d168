// The steps of a run, as whoever places faults by its requests has to know them.
import { clientOf } from "../../sim/lanes.js";
import type { Strategy, Waiting } from "../../sim/waiting.js";
import type { StoreRequest } from "../../store/request.js";
import type { Run } from "../execute.js";

export interface Step {
  readonly lane: number;
  readonly kind: Waiting["kind"];
  readonly request: StoreRequest | undefined;
  /** Where the request was let go at first, and then held back by a fault; undefined at a first time. */
  readonly since: number | undefined;
  /** The fault that struck at this step. */
  readonly struck: string | undefined;
  /** A client noted something down in consequence: an answer, an invoke, a crash. */
  readonly noted: boolean;
}

/**
 * Follows `lanes`. Where a lane does not wait, or the list has ended, the lane that went last goes on, else the lowest.
 * Who stands still comes after everybody else then, and after them come zombies: so they are late until told otherwise.
 */
export class Follower implements Strategy {
  /** What was chosen, in order. */
  readonly picked: Waiting[] = [];
  private readonly seen = new Set<Waiting>();
  private last = -1;

  constructor(private readonly lanes: readonly number[]) {}

  pick(waiting: readonly Waiting[]): number {
    const wanted = this.lanes[this.picked.length];
    let index = waiting.findIndex(({ lane }) => lane === wanted);
    if (index < 0) {
      const best = Math.min(...waiting.map((entry) => this.lateness(entry)));
      const next = waiting.filter((entry) => this.lateness(entry) === best);
      const entry = next.find(({ lane }) => lane === this.last) ?? next[0];
      index = entry === undefined ? 0 : waiting.indexOf(entry);
    }
    const entry = waiting[index];
    if (entry === undefined) return index;
    this.picked.push(entry);
    this.seen.add(entry);
    this.last = entry.lane;
    return index;
  }

  /** Where a client is busy by itself, whether it is the one to wait for. */
  wanted(): number | undefined {
    return this.lanes[this.picked.length];
  }

  // --- internal ---

  private lateness(entry: Waiting): number {
    if (entry.kind === "zombie") return 2;
    return this.seen.has(entry) ? 1 : 0;
  }
}

/** The steps that the plan's clients took; what comes after them (the auditor, the healing) is not looked at. None of an endless run. */
export function stepsOf({ picked }: Follower, run: Run, clients: number): readonly Step[] {
  if (run.exhausted) return [];
  const end = run.lanes.findIndex((lane) => clientOf(lane) === clients);
  const noted = new Set(run.record.history.map(({ step }) => step));
  const struck = new Map(run.strikes.map(({ step, fault }) => [step, fault]));
  const first = new Map<Waiting, number>();
  return picked.slice(0, end < 0 ? picked.length : end).map((entry, i): Step => {
    const since = first.get(entry);
    if (since === undefined) first.set(entry, i);
    const { kind, request } = entry;
    // Of a client with several requests on their way a lane may have been numbered anew since.
    const lane = run.lanes[i] ?? entry.lane;
    return { lane, kind, request, since, struck: struck.get(i), noted: noted.has(i + 1) };
  });
}
