// `--target-cmd`: from a command line to a program that answers, or to a message that says what is wrong with it.
import { openProgram, type Program, ProgramError } from "../run/choices.js";
import { programOptionsOf } from "../run/program-options.js";
import { missingOps } from "../run/supported.js";
import { CliError, EXIT } from "./exit.js";
import { wholeNumber } from "./values.js";

export const SETTLE = wholeNumber("--settle", 1, 600_000);
export const SETTLE_MS = 100;
/** An interpreter that loads an SDK on a busy machine needs a few seconds. */
export const START_MS = 30_000;
const HANG_MS = 30_000;

/**
 * Starts it and hears what it is. Its clocks are set where they can be; `setClocks` says whether they have to be, as a
 * trace does. Of a target that can't be driven nothing can be concluded: exit 2.
 */
export async function programOf(command: string, settleMs: number, setClocks?: boolean): Promise<Program> {
  try {
    const patience = { settleMs, startMs: START_MS, hangMs: HANG_MS };
    const program = await openProgram({ command, ...patience, setClocks: setClocks ?? true });
    const { clocks } = program.program;
    if (setClocks === true && !clocks.set) {
      await program.close();
      throw new CliError(
        EXIT.unknown,
        `the trace was made with the clocks of the target's processes set through libfaketime, and here they are ${clocks.says}; install it, or name its file in LIBFAKETIME`,
      );
    }
    const missing = missingOps(program.program);
    if (missing.length === 0) return program;
    await program.close();
    throw new CliError(EXIT.unknown, `--target-cmd: the target does not list ${missing.join(", ")} among its ops`);
  } catch (error) {
    if (error instanceof ProgramError) throw new CliError(EXIT.unknown, `--target-cmd: ${error.message}`);
    throw error;
  }
}

/** The programs that traces name, each started once. Which command is run is said, since a file may come from anywhere. */
export class Programs {
  private readonly open = new Map<string, Program>();

  constructor(
    private readonly command?: string,
    private readonly settleMs?: number,
  ) {}

  /** Undefined for a target in process. */
  async of(target: {
    readonly id: string;
    readonly options: Readonly<Record<string, string>>;
  }): Promise<Program | undefined> {
    const recorded = target.id === "program" ? programOptionsOf(target.options) : undefined;
    const command = this.command ?? recorded?.command;
    if (command === undefined) return undefined;
    const settleMs = this.settleMs ?? recorded?.settleMs ?? SETTLE_MS;
    const setClocks = recorded?.setClocks ?? false;
    const name = `${settleMs} ${setClocks} ${command}`;
    const known = this.open.get(name);
    if (known !== undefined) return known;
    process.stderr.write(`target: ${command}\n`);
    const program = await programOf(command, settleMs, setClocks);
    this.open.set(name, program);
    return program;
  }

  async close(): Promise<void> {
    for (const program of this.open.values()) await program.close();
  }
}
