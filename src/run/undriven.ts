// Runs in which a program can't be driven: each is in doubt, and after some in a row nothing better is to be expected.
import { ProgramError } from "../targets/program/protocol.js";
import { inDoubt, type Tally } from "./tally.js";

/** So many one after the other: more will not help. */
const UNDRIVEN_MAX = 3;

export class Undriven {
  private inARow = 0;
  private first = true;

  /** `told` hears of the first one at once: others may take long, and end the same way. */
  constructor(
    private readonly tally: Tally,
    private readonly told?: (message: string) => void,
  ) {}

  /** True where it is no use to go on. */
  get hopeless(): boolean {
    return this.inARow >= UNDRIVEN_MAX;
  }

  /** What `run` comes to. Undefined where the program could not be driven, which is then in the tally. */
  async unless<T>(run: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await run();
      this.inARow = 0;
      return result;
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      this.inARow += 1;
      this.tally.runs += 1;
      if (this.first) this.told?.(error.message);
      this.first = false;
      inDoubt(this.tally, error.message);
      return undefined;
    }
  }
}
