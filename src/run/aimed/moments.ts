// When what is late arrives: zombies, and the requests of clients that stand still.
import { races } from "../../sim/races.js";
import type { Node } from "./node.js";
import type { Step } from "./trail.js";

/** Something late, and the step at which it arrived. */
export interface Late {
  readonly step: Step;
  readonly at: number;
}

/** What arrived late after a step. */
export const latesAfter = (steps: readonly Step[], after: number): readonly Late[] =>
  steps.flatMap((step, at) => (at > after && isLate(steps, step) ? [{ step, at }] : []));

/** The lanes from a step on, without what is late: that arrives in the end. */
export function lanesFrom(steps: readonly Step[], from: number, ...held: readonly number[]): readonly number[] {
  const late = new Set([...held, ...latesAfter(steps, from - 1).map(({ step }) => step.lane)]);
  return lanesOf(steps.slice(from)).filter((lane) => !late.has(lane));
}

export const lanesOf = (steps: readonly Step[]): readonly number[] => steps.map(({ lane }) => lane);

/**
 * The runs in which something late arrives sooner than in the run of `node`, which has those `steps`. A zombie: right
 * before each step with which it does not commute; to arrive in between is to arrive before the next of these, or in the
 * end. (Two zombies that race are of one key, and so have the same moments.) A client that stands still: before every step, for it matters too what it does afterwards.
 */
export function* sooner(node: Node, steps: readonly Step[], reduced: boolean): Generator<Node> {
  const lates = latesAfter(steps, node.decided);
  const lanes = lanesOf(steps);
  // A zombie may have to come between what a client that stands still does next and any other step.
  const everywhere = !reduced || lates.some(({ step }) => step.kind !== "zombie");
  for (const late of lates) {
    for (let at = node.decided + 1; at < late.at; at += 1) {
      const step = steps[at];
      if (step === undefined || (!everywhere && commute(node, step, late.step))) continue;
      yield { ...node, lanes: [...lanes.slice(0, at), late.step.lane, ...lanesFrom(steps, at)], decided: at };
    }
  }
}

/**
 * True where nobody can tell which of two neighbouring steps came first: not from answers, not from the bucket, not from
 * whose session was open. Time must not move in steps, or each date would tell; an alarm or a fault may move it.
 */
export function commute({ plan }: Node, step: Step, late: Step): boolean {
  if (plan.stepMs !== 0 || step.kind === "alarm" || step.struck !== undefined) return false;
  return !step.noted && !races(step.request, late.request);
}

// --- internal ---

/** A zombie, or the request of a client that a pause has held back. (A brown-out's slow requests keep their turn.) */
const isLate = (steps: readonly Step[], { kind, since }: Step): boolean =>
  kind === "zombie" || (since !== undefined && steps[since]?.struck === "pause");
