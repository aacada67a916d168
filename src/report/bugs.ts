// What `bugs` says: the table of the planted bugs, and the real manifest's control run.
import type { BugRow, Catalogue } from "../run/catalogue.js";

/** The document that `bugs --json` prints. */
export const bugsDocument = ({ bugs, clean, complete }: Catalogue): object => ({ bugs, clean, complete });

/** The table, in Markdown, and a line on the control, whose name is given. */
export function bugsPage({ bugs, clean, complete }: Catalogue, control: string): string {
  const judged =
    clean.violations === 0
      ? `${control}: no violation in ${number(clean.runs)} runs.`
      : `${control}: A VIOLATION in ${number(clean.runs)} runs. See it with \`check\`.`;
  return [
    "| class | target | property | found | median runs | max runs | shrunk to: clients, operations, faults |",
    "|---|---|---|---|---|---|---|",
    ...bugs.map(row),
    "",
    judged,
    ...(complete ? [] : ["Not everything was done: time ran out."]),
    "",
  ].join("\n");
}

// --- internal ---

function row({ id, class: number_, property, seeds, found, medianRuns, maxRuns, shrunk }: BugRow): string {
  const size = shrunk === null ? "-" : `${shrunk.clients}, ${shrunk.operations}, ${shrunk.faults}`;
  const cells = [
    number_ ?? "-",
    `\`${id}\``,
    property ?? "-",
    `${found} of ${seeds}`,
    orDash(medianRuns),
    orDash(maxRuns),
    size,
  ];
  return `| ${cells.join(" | ")} |`;
}

const number = (n: number): string => n.toLocaleString("en-US");
const orDash = (n: number | null): string => (n === null ? "-" : number(n));
