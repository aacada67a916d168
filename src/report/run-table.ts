// A run as a table: a column per client, a row per step, faults marked, long values cut.
import type { HistoryEvent } from "../../model/history.js";
import type { Applied } from "../../model/story.js";

export interface TableOptions {
  /** Characters across. */
  readonly width: number;
  /** Rows at most; what is left out is said. */
  readonly rows: number;
}

const STEP_WIDTH = 5;

/** The lines of the table, its header first. */
export function runTable(
  history: readonly HistoryEvent[],
  story: readonly Applied[],
  { width, rows }: TableOptions,
): string[] {
  const clients = [...new Set(history.map(({ client }) => client))];
  const column = Math.max(12, Math.floor((width - STEP_WIDTH) / Math.max(1, clients.length)) - 1);
  const cells = [...story.map(requestCell), ...history.flatMap(eventCell)].sort(
    (a, b) => a.step - b.step || a.rank - b.rank,
  );
  const line = (step: string, client: string, text: string): string =>
    `${step.padStart(STEP_WIDTH - 1)} ${clients.map((name) => cut(name === client ? text : "", column)).join(" ")}`.trimEnd();
  const header = `${"step".padStart(STEP_WIDTH - 1)} ${clients.map((name) => cut(name, column)).join(" ")}`.trimEnd();
  const body = cells.map(({ step, client, text }) => line(step < 0 ? "" : String(step), client, text));
  if (body.length <= rows) return [header, ...body];
  const first = Math.floor(rows / 3);
  const last = rows - first - 1;
  return [
    header,
    ...body.slice(0, first),
    `     ... ${body.length - first - last} rows in between are in the trace`,
    ...body.slice(-last),
  ];
}

// --- internal ---

interface Cell {
  readonly step: number;
  /** Among cells of one step: requests before the answers that they lead to. */
  readonly rank: number;
  readonly client: string;
  readonly text: string;
}

const cut = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}~` : text.padEnd(width);

function requestCell({ step, client, method, key, status, fault }: Applied): Cell {
  const short = key
    .replace(/^segments\/seg-0*/, "seg ")
    .replace(/^checkpoints\/ckpt-0*/, "ckpt ")
    .replace(/^leases\/lease-/, "lease ")
    .replace(/\.json$/, "");
  return { step, rank: 0, client, text: `${method} ${short} ${status}${fault === undefined ? "" : ` !${fault}`}` };
}

/** An invoke belongs before the next step's request, an answer after the last one's: both carry the number of steps so far. */
function eventCell(event: HistoryEvent): Cell[] {
  const { client, step } = event;
  if (event.type === "crash") return [{ step: step - 1, rank: 2, client, text: "! crash" }];
  if (event.op === "put" || event.op === "delete") {
    return event.type === "invoke"
      ? [
          {
            step: step - 1,
            rank: 2,
            client,
            text: `${event.op} ${event.key}${event.value === undefined ? "" : `=${event.value}`}`,
          },
        ]
      : [];
  }
  if (event.type === "invoke")
    return [{ step: step - 1, rank: 2, client, text: `${event.op}${event.key === undefined ? "" : ` ${event.key}`}` }];
  if (event.op === "begin" && event.type === "ok") return [];
  return [{ step: step - 1, rank: 1, client, text: `= ${answerText(event)}` }];
}

function answerText(event: Exclude<HistoryEvent, { type: "crash" | "invoke" }>): string {
  if (event.type !== "ok") return `${event.type} ${event.error ?? ""}`;
  if (event.entries !== undefined) return `{${event.entries.map(([key, value]) => `${key}=${value}`).join(" ")}}`;
  if (event.value !== undefined) return `${event.value}`;
  return event.txn === undefined ? "ok" : `ok txn ${event.txn}`;
}
