// Exit codes, and the errors that carry one. The only place that knows the numbers.

export const EXIT = {
  good: 0,
  violated: 1,
  unknown: 2,
  crossed: 3,
  diverged: 4,
  usage: 64,
  data: 65,
  unavailable: 69,
  bug: 70,
  interrupted: 130,
} as const;

/** What went wrong in the user's terms, with the code that the process ends with. */
export class CliError extends Error {
  override readonly name = "CliError";
  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}

export const usageError = (message: string): CliError => new CliError(EXIT.usage, message);
