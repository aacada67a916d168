// What `doctor --target-cmd` found, as a page and as a JSON document.
import type { Examination, Taken } from "../run/examine/examine.js";

/** In the document of `doctor`: settings are what the target is told, so none of ours; promises are a store's. */
export const examinationDocument = (command: string, { name, ops, drivable, steps }: Examination): object => ({
  settings: [],
  warnings: [],
  promises: null,
  target: { command, name, ops, drivable, steps },
});

export function examinationPage({ drivable, steps }: Examination): string {
  const widest = Math.max(...steps.map(({ name }) => name.length));
  const wrong = steps.filter(({ right }) => right === false);
  const end = !drivable
    ? "It can't be driven: nothing else was tried."
    : wrong.length === 0
      ? "It keeps to the protocol. Whether it keeps its promises, check --target-cmd finds out."
      : `${wrong.length} of ${steps.length} steps are wrong: ${wrong.map(({ name }) => name).join(", ")}`;
  return `${[...steps.map((step) => stepLines(step, widest)), "", end].join("\n")}\n`;
}

// --- internal ---

function stepLines({ name, says, right, detail }: Taken, widest: number): string {
  const word = right === null ? "-" : right ? "right" : "WRONG";
  const margin = " ".repeat("right  ".length + widest + 2);
  const shown = right === false ? `${says}\n${detail}` : detail;
  return `${word.padEnd(5)}  ${name.padEnd(widest)}  ${shown.replaceAll("\n", `\n${margin}`)}`;
}
