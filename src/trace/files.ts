// Traces on disk. A file is replaced whole or not at all: whoever is killed in the middle leaves the old one.
import { createHash } from "node:crypto";
import { accessSync, constants, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Trace, traceText } from "./trace.js";

/** Makes the folder if it is missing. Throws the system's error where nothing can be written there. */
export function ensureFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  accessSync(folder, constants.W_OK | constants.X_OK);
}

/** A name that says what broke where, and keeps two plans apart. */
function traceName(trace: Trace): string {
  const digest = createHash("sha256").update(JSON.stringify(trace.plan)).digest("hex").slice(0, 8);
  return `${trace.target}-${trace.verdict.property}-${digest}.json`;
}

/** Writes the trace into `folder` and returns its path. */
export function saveTrace(folder: string, trace: Trace): string {
  const path = join(folder, traceName(trace));
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, traceText(trace));
  renameSync(fresh, path);
  return path;
}
