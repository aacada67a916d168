// What `doctor` found, as a page and as a JSON document.
import type { Inspection } from "../run/endpoint.js";

/** A setting as the document has it; secrets never get here. */
export interface ShownSetting {
  readonly name: string;
  readonly value: string | null;
  readonly source: string;
}

/** What `--measure` measured, and the file that has it. Times in milliseconds. */
export interface MeasuredRequests {
  readonly file: string;
  readonly requests: readonly {
    readonly kind: string;
    readonly count: number;
    /** No success; their times are left out. */
    readonly failed: number;
    readonly p50Ms: number;
    readonly p90Ms: number;
    readonly p99Ms: number;
  }[];
}

export interface Diagnosis {
  readonly settings: readonly ShownSetting[];
  readonly warnings: readonly string[];
  /** Null where no endpoint was asked for. */
  readonly inspection: Inspection | null;
  readonly measured: MeasuredRequests | null;
}

/** DESIGN's document: settings, promises, and beside them warnings, the clock, and what was measured. */
export const doctorDocument = ({ settings, warnings, inspection, measured }: Diagnosis): object => ({
  settings,
  warnings,
  promises: inspection?.promises ?? null,
  clockSkewMs: inspection?.skewMs ?? null,
  measured,
});

export function doctorPage({ settings, warnings, inspection, measured }: Diagnosis): string {
  const widest = Math.max(...settings.map(({ name }) => name.length));
  const lines = settings.map(({ name, value, source }) => `${name.padEnd(widest)}  ${value ?? "-"}  (${source})`);
  for (const warning of warnings) lines.push(`warning: ${warning}`);
  if (inspection === null)
    lines.push("", "No endpoint was asked for: with --endpoint URL, --bucket NAME or --real its promises are tried.");
  else lines.push("", ...promiseLines(inspection));
  if (measured !== null) lines.push("", ...measuredLines(measured));
  return `${lines.join("\n")}\n`;
}

// --- internal ---

function promiseLines({ promises, skewMs, left }: Inspection): readonly string[] {
  const widest = Math.max(...promises.map(({ name }) => name.length));
  const word = (kept: boolean | null): string => (kept === null ? "unknown" : kept ? "kept" : "BROKEN");
  const clock =
    skewMs === null ? "the endpoint sends no Date" : `the endpoint's clock is ${skewMs / 1000} s off this machine's`;
  return [
    clock,
    ...promises.map(
      ({ name, kept, needed, detail }) =>
        `${word(kept).padEnd(7)}  ${name.padEnd(widest)}  ${needed ? "needed  " : "optional"}  ${detail}`,
    ),
    left,
  ];
}

function measuredLines({ file, requests }: MeasuredRequests): readonly string[] {
  const widest = Math.max(...requests.map(({ kind }) => kind.length));
  const cell = (value: number | string): string =>
    `${typeof value === "number" ? value.toFixed(2) : value}`.padStart(9);
  return [
    `${"milliseconds".padEnd(widest)}${["p50", "p90", "p99"].map(cell).join("")}`,
    ...requests.map(({ kind, p50Ms, p90Ms, p99Ms, failed }) => {
      const note = failed === 0 ? "" : `  (${failed} failed and are left out)`;
      return `${kind.padEnd(widest)}${[p50Ms, p90Ms, p99Ms].map(cell).join("")}${note}`;
    }),
    `written to ${file}: manifest-chaos perf baseline --latency ${file}`,
  ];
}
