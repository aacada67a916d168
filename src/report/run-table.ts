// A run as a table: a column per client, a row per step, faults marked, long values cut.
import type { HistoryEvent } from "../../model/history.js";
import type { Applied } from "../../model/story.js";
import type { Run, Strike } from "../run/execute.js";
import { eventText } from "./event-text.js";
import { fewerRows } from "./fewer-rows.js";

export interface TableOptions {
  /** Characters across. */
  readonly width: number;
  /** Rows at most, the header apart; what is left out is said. */
  readonly rows: number;
  /** Numbers of the events that matter: marked `(n)`, and never left out. */
  readonly marked: ReadonlySet<number>;
}

const STEP_WIDTH = 5;
const COLUMN_MIN = 12;

/** The lines of the table, its header first. */
export function runTable(
  { record: { history, story }, strikes }: Pick<Run, "record" | "strikes">,
  { width, rows, marked }: TableOptions,
): string[] {
  const clients = [...new Set(history.map(({ client }) => client))];
  const column = Math.max(COLUMN_MIN, Math.floor((width - STEP_WIDTH) / Math.max(1, clients.length)) - 1);
  const unheard = strikes.filter(({ step }) => !story.some((applied) => applied.step === step));
  const cells = [
    ...[...story, ...unheard].map(requestCell),
    ...history.flatMap((event, i) => eventCell(event, i, marked)),
  ].sort((a, b) => a.step - b.step || a.rank - b.rank);
  const line = (step: string, client: string, text: string): string =>
    `${step.padStart(STEP_WIDTH - 1)} ${clients.map((name) => cut(name === client ? text : "", column)).join(" ")}`.trimEnd();
  const header = `${"step".padStart(STEP_WIDTH - 1)} ${clients.map((name) => cut(name, column)).join(" ")}`.trimEnd();
  const body = packed(cells, column).map(({ step, client, text, weight }) => ({
    text: line(step < 0 ? "" : String(step), client, text),
    weight,
  }));
  return [header, ...fewerRows(body, rows)];
}

// --- internal ---

interface Cell {
  readonly step: number;
  /** Among cells of one step: requests before the answers that they lead to. */
  readonly rank: number;
  readonly client: string;
  readonly text: string;
  /** How much it matters: 2 for events that the verdict names, 1 for faults and crashes. */
  readonly weight: number;
}

/** Several short cells of one client in one step make one row. */
function packed(cells: readonly Cell[], column: number): readonly Cell[] {
  const rows: Cell[] = [];
  for (const cell of cells) {
    const last = rows.at(-1);
    const text = `${last?.text}${cell.text.startsWith("=") ? " " : "; "}${cell.text}`;
    if (last?.client !== cell.client || last.step !== cell.step || text.length > column) rows.push(cell);
    else rows[rows.length - 1] = { ...last, text, weight: Math.max(last.weight, cell.weight) };
  }
  return rows;
}

const cut = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}~` : text.padEnd(width);

/** A request that was never applied has no status. */
function requestCell(request: Applied | Strike): Cell {
  const { step, client, method, key, fault } = request;
  const short = key
    .replace(/^segments\/seg-0*/, "seg ")
    .replace(/^checkpoints\/ckpt-0*/, "ckpt ")
    .replace(/^leases\/lease-/, "lease ")
    .replace(/\.json$/, "");
  const text = `${method} ${short}${"status" in request ? ` ${request.status}` : ""}`;
  return fault === undefined
    ? { step, rank: 0, client, text, weight: 0 }
    : { step, rank: 0, client, text: `!${fault} ${text}`, weight: 1 };
}

/** An invoke belongs before the next step's request, an answer after the last one's: both carry the number of steps so far. */
function eventCell(event: HistoryEvent, index: number, marked: ReadonlySet<number>): Cell[] {
  const isMarked = marked.has(index);
  const text = eventText(event) ?? (isMarked ? "= ok" : null);
  if (text === null) return [];
  const rank = event.type === "invoke" || event.type === "crash" ? 2 : 1;
  const weight = isMarked ? 2 : event.type === "crash" ? 1 : 0;
  return [{ step: event.step - 1, rank, client: event.client, text: isMarked ? `(${index}) ${text}` : text, weight }];
}
