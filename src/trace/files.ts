// Traces on disk. A file is replaced whole or not at all: whoever is killed in the middle leaves the old one.
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../run/folder.js";
import { type Trace, traceText } from "./trace.js";

/** Makes the folder if it is missing. Throws the system's error where nothing can be written there. */
export function ensureFolder(folder: string): void {
  makeFolder(folder);
  accessSync(folder, constants.W_OK | constants.X_OK);
}

/** The trace files of a folder, by name. None where there is no folder. */
export function tracesIn(folder: string): readonly string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(folder, name));
}

/** One violation's file while it is made smaller: on disk before that starts, and whole at any moment. */
export interface TraceFile {
  readonly path: () => string;
  /** Puts a smaller trace in the place of the one before. */
  readonly replace: (trace: Trace) => void;
  /** Gives the file the name of what is in it. False if that very trace was known already: then there is still one file. */
  readonly settle: () => boolean;
}

export function openTrace(folder: string, first: Trace): TraceFile {
  let trace = first;
  let path = join(folder, traceName(first));
  const known = existsSync(path);
  write(path, first);
  return {
    path: () => path,
    replace: (smaller) => {
      trace = smaller;
      write(path, smaller);
    },
    settle: () => {
      const settled = join(folder, traceName(trace));
      if (settled === path) return !known;
      const fresh = !existsSync(settled);
      if (fresh) renameSync(path, settled);
      else rmSync(path);
      path = settled;
      return fresh;
    },
  };
}

/** Puts what each client's process wrote to stderr beside its trace: `<trace>.<client>.log`. */
export function writeLogs(path: string, logs: readonly { readonly client: string; readonly text: string }[]): void {
  for (const { client, text } of logs)
    if (text !== "") writeFileSync(`${path.replace(/\.json$/, "")}.${client}.log`, text);
}

// --- internal ---

/** A name that says what broke where, and keeps two plans apart. */
function traceName(trace: Trace): string {
  const digest = createHash("sha256").update(JSON.stringify(trace.plan)).digest("hex").slice(0, 8);
  return `${trace.target.id}-${trace.verdict.property}-${digest}.json`;
}

function write(path: string, trace: Trace): void {
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, traceText(trace));
  renameSync(fresh, path);
}
