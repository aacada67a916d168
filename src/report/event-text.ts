// One event of a history in a few characters.
import type { Completion, HistoryEvent } from "../../model/history.js";

/** Null for answers that say nothing: every put that went well. */
export function eventText(event: HistoryEvent): string | null {
  if (event.type === "crash") return "! crash";
  const { op } = event;
  if (event.type === "invoke") {
    const key = event.key === undefined ? "" : ` ${event.key}`;
    return `${op}${key}${typeof event.value === "string" ? `=${event.value}` : ""}`;
  }
  if (event.type === "ok" && ["begin", "put", "delete"].includes(op)) return null;
  return `= ${answerText(event)}`;
}

// --- internal ---

function answerText(event: Completion): string {
  if (event.type !== "ok") return `${event.type} ${event.error ?? ""}`.trimEnd();
  if (event.entries !== undefined) return `{${event.entries.map(([key, value]) => `${key}=${value}`).join(" ")}}`;
  if (event.value !== undefined) return `${event.value}`;
  return event.txn === undefined ? "ok" : `ok txn ${event.txn}`;
}
