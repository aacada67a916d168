// What `explore` says in the end: one document for programs, a few lines for people.
import type { Exploration } from "../run/explore/explore.js";

/** The document that `explore --json` prints. `trace`: where the violation was saved. */
export function exploreDocument(target: string, result: Exploration, trace: string | null): object {
  const { verdict, schedules, redundant, steps, complete, violation, interrupted, elapsedMs } = result;
  return {
    verdict,
    target,
    schedules,
    redundant,
    steps,
    complete,
    interrupted,
    elapsedMs: Math.round(elapsedMs),
    violation:
      violation === null
        ? null
        : {
            property: violation.property,
            promise: violation.promise,
            message: violation.message,
            trace,
            clients: violation.plan.clients.length,
            steps: violation.evidence.lanes.length,
            faults: 0,
          },
  };
}

/** The same for people. */
export function explorePage(target: string, result: Exploration, trace: string | null): string {
  const { verdict, schedules, redundant, complete, violation, elapsedMs } = result;
  const size = `${number(schedules)} schedules in ${(elapsedMs / 1000).toFixed(1)} s`;
  const runs = `${size}, and ${number(redundant)} runs that were equivalent to one of them`;
  if (violation !== null) {
    const { promise, property, message } = violation;
    const again = `again: npx manifest-chaos replay ${trace}`;
    return `INVALID: ${target} breaks ${promise} ${property}\n${message}\n${runs}\n${again}\n`;
  }
  const all = complete ? "these are all there are, up to the order of what commutes" : "there are more";
  const head =
    verdict === "valid"
      ? `VALID: ${target} kept every promise in every schedule of this plan`
      : `UNKNOWN: nothing can be concluded about ${target}`;
  return `${head}\n${runs}; ${all}\n`;
}

// --- internal ---

const number = (n: number): string => n.toLocaleString("en-US");
