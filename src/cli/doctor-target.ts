// `doctor --target-cmd`: does a program keep to the protocol of targets?
import { examinationDocument, examinationPage } from "../report/examination.js";
import { type Examination, examine } from "../run/examine/examine.js";
import { EXIT } from "./exit.js";
import { START_MS } from "./program.js";

/** For one answer, with nothing in its way. */
const ANSWER_MS = 10_000;

export async function examineTarget(command: string, json: boolean): Promise<void> {
  const tty = process.stderr.isTTY;
  const examination = await examine({ command, startMs: START_MS, answerMs: ANSWER_MS }, ({ name }) => {
    if (tty && !json) process.stderr.write(`\r\x1b[K${name}`);
  });
  if (tty && !json) process.stderr.write("\r\x1b[K");
  process.stdout.write(
    json ? `${JSON.stringify(examinationDocument(command, examination))}\n` : examinationPage(examination),
  );
  process.exitCode = exitCode(examination);
}

// --- internal ---

function exitCode({ drivable, steps }: Examination): number {
  if (!drivable) return EXIT.unknown;
  return steps.some(({ right }) => right === false) ? EXIT.violated : EXIT.good;
}
