// A trace: plan, history and verdict of one run, in one file that is enough to run it again.
import type { HistoryEvent } from "../../model/history.js";
import type { Violation } from "../run/campaign.js";
import { isProgram, type Target } from "../run/choices.js";
import type { Plan } from "../run/plan.js";
import { optionsOf } from "../run/program-options.js";
import { TRACE_VERSION } from "./upgrade.js";

export interface Trace {
  readonly version: number;
  /** The program that wrote it, with its version. */
  readonly tool: string;
  /** What was checked, and what it was opened with beside the plan. Targets in process take no options. */
  readonly target: { readonly id: string; readonly options: Readonly<Record<string, string>> };
  readonly verdict: { readonly property: string; readonly promise: string; readonly message: string };
  /** The schedule in it is written out: the lane of every step. */
  readonly plan: Plan;
  readonly history: readonly HistoryEvent[];
}

/** The trace of a violation that a campaign found on `target`. A program's options are what starts it again. */
export const traceOf = (violation: Violation, target: Target, tool: string): Trace => ({
  version: TRACE_VERSION,
  tool,
  target: { id: target.id, options: isProgram(target) ? optionsOf(target.program) : {} },
  verdict: { property: violation.property, promise: violation.promise, message: violation.message },
  plan: violation.plan,
  history: violation.evidence.record.history,
});

/** The file's text: the same trace gives the same bytes. One event a line, so that a difference shows in a diff. */
export function traceText({ history, plan, ...head }: Trace): string {
  const lines = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},`);
  const events = history.map((event) => `    ${JSON.stringify(event)}`).join(",\n");
  return `{\n${lines.join("\n")}\n  "plan": ${JSON.stringify(plan)},\n  "history": [\n${events}\n  ]\n}\n`;
}
