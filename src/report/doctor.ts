// What `doctor` found, as a page and as a JSON document.
import type { Inspection } from "../run/endpoint.js";

/** A setting as the document has it; secrets never get here. */
export interface ShownSetting {
  readonly name: string;
  readonly value: string | null;
  readonly source: string;
}

export interface Diagnosis {
  readonly settings: readonly ShownSetting[];
  readonly warnings: readonly string[];
  /** Null where no endpoint was asked for. */
  readonly inspection: Inspection | null;
}

/** DESIGN's document: settings, promises, and beside them warnings and the clock. */
export const doctorDocument = ({ settings, warnings, inspection }: Diagnosis): object => ({
  settings,
  warnings,
  promises: inspection?.promises ?? null,
  clockSkewMs: inspection?.skewMs ?? null,
});

export function doctorPage({ settings, warnings, inspection }: Diagnosis): string {
  const widest = Math.max(...settings.map(({ name }) => name.length));
  const lines = settings.map(({ name, value, source }) => `${name.padEnd(widest)}  ${value ?? "-"}  (${source})`);
  for (const warning of warnings) lines.push(`warning: ${warning}`);
  if (inspection === null)
    lines.push("", "No endpoint was asked for: with --endpoint URL, --bucket NAME or --real its promises are tried.");
  else lines.push("", ...promiseLines(inspection));
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
