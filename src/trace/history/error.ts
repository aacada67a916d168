// A history file that can't be judged: what is wrong, and in which line.

/** The file can't be used as a history. `line` counts from 1; 0 where it is about the file as a whole. */
export class HistoryFileError extends Error {
  override readonly name = "HistoryFileError";
  constructor(
    readonly line: number,
    reason: string,
  ) {
    super(reason);
  }
}
