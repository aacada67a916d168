// What a person sees of a violation, in the order in which they ask: what is broken, how to see it again, what
// happened, why that is wrong, where it is. No colours, so no terminal and no variable changes it.
import type { HistoryEvent } from "../../model/history.js";
import type { Violation } from "../run/campaign.js";
import { explained, explanationOf } from "./explanation.js";
import { runTable } from "./run-table.js";
import { wrapped } from "./wrapped.js";

/** What was made of a violation. */
export interface FindingSummary {
  readonly violation: Violation;
  readonly path: string;
  readonly known: boolean;
  readonly tried: number;
  readonly complete: boolean;
}

export interface FindingContext {
  readonly target: string;
  readonly seed: number;
  /** Characters across. */
  readonly width: number;
  /** Said below the reason: how the store breaks S3's contract, that the check was interrupted. */
  readonly notes: readonly string[];
}

const LINES_MAX = 40;
const MESSAGE_LINES_MAX = 6;
const WHY_LINES_MAX = 5;
const WIDTH_MAX = 120;
const WIDTH_MIN = 40;

/** At most 40 lines. */
export function findingPage(finding: FindingSummary, { target, width, seed, notes }: FindingContext): string {
  const { violation, path } = finding;
  const { property, promise, claim, message, evidence } = violation;
  const across = Math.max(WIDTH_MIN, Math.min(width, WIDTH_MAX));
  const head = [
    `INVALID: ${target} breaks ${promise} ${property}`,
    ...wrapped(claim, across),
    `again: npx manifest-chaos replay ${path}`,
    "",
  ];
  const reason = wrapped(message, across);
  const explanation = explanationOf(evidence.record.history);
  const why = explanation === null ? [] : explained(explanation).flatMap((line) => wrapped(line, across));
  const tail = [
    "",
    ...(reason.length > MESSAGE_LINES_MAX ? [...reason.slice(0, MESSAGE_LINES_MAX - 1), "..."] : reason),
    ...why.slice(0, WHY_LINES_MAX),
    ...notes.flatMap((note) => wrapped(note, across)),
    ...wrapped(`${sizeOf(violation)} (${originOf(finding, seed)})`, across),
    `trace: ${path}`,
  ];
  const rows = LINES_MAX - head.length - tail.length - 1;
  const table = runTable(evidence, { width: across, rows, marked: eventsIn(message, evidence.record.history) });
  return `${[...head, ...table, ...tail].join("\n")}\n`;
}

/** The clients' own operations: the one that comes last and scans is not the plan's. */
export const operationsOf = ({ plan, evidence }: Violation): number =>
  evidence.record.history.filter(
    ({ type, client }) => type === "invoke" && plan.clients.some(({ name }) => name === client),
  ).length;

// --- internal ---

const sizeOf = (violation: Violation): string =>
  [
    counted(violation.plan.clients.length, "client"),
    counted(operationsOf(violation), "operation"),
    counted(violation.plan.faults.length, "fault"),
    counted(violation.evidence.lanes.length, "step"),
  ].join(", ");

function originOf({ known, tried, complete, violation }: FindingSummary, seed: number): string {
  if (known && tried === 0) return "known from an earlier check";
  const effort = `made smaller in ${counted(tried, "try", "tries")}${complete ? "" : ", not to the end"}`;
  return `run ${violation.run} of seed ${seed}; ${effort}${known ? "; known from an earlier check" : ""}`;
}

const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;

/** The events that a message names (`event 7`, `events 3-9`: the first and the last), an answer together with its invoke. */
function eventsIn(message: string, history: readonly HistoryEvent[]): ReadonlySet<number> {
  const named = [...message.matchAll(/events? (\d+)(?:-(\d+))?/g)]
    .flatMap(([, first, last]) => [first, last])
    .filter((n) => n !== undefined)
    .map(Number);
  return new Set(named.flatMap((n) => [n, invokeOf(n, history)]));
}

function invokeOf(index: number, history: readonly HistoryEvent[]): number {
  const event = history[index];
  if (event === undefined || event.type === "invoke" || event.type === "crash") return index;
  const before = history.slice(0, index);
  return before.findLastIndex(({ type, client }) => type === "invoke" && client === event.client);
}
