// What a served bucket has been told, on disk: an append-only log, read again at the start. Nothing is acknowledged before it is there.
import { type FileHandle, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { type JournalEntry, journalLine, readJournal } from "./journal-line.js";

const NAME = "journal.jsonl";

export class Journal {
  private waiting: string[] = [];
  /** The newest batch, and with it all before: it rejects for good once the disk has failed. */
  private last: Promise<void> = Promise.resolve();
  /** True where the newest batch has not begun: it takes further entries. */
  private open = false;
  /** Batches that are not on disk. */
  private pending = 0;

  private constructor(private readonly file: FileHandle) {}

  /**
   * Opens the log in a folder that exists. `restore` is given every entry, in order; `compacted` then says what is left
   * of them, and the log is written anew with just that. A last line that a crash has cut off was never acknowledged.
   * Throws `JournalError` for a log that is damaged anywhere else.
   */
  static async open(
    folder: string,
    restore: (entry: JournalEntry) => void,
    compacted: () => Iterable<JournalEntry>,
  ): Promise<Journal> {
    const path = join(folder, NAME);
    await readJournal(path, restore);
    const fresh = await open(`${path}.new`, "w");
    for (const entry of compacted()) await fresh.write(journalLine(entry));
    await fresh.sync();
    await fresh.close();
    await rename(`${path}.new`, path);
    await synced(folder);
    return new Journal(await open(path, "a"));
  }

  /** Puts an entry behind all others. It is on disk once `flushed` is. Entries that come during one write share the next. */
  append(entry: JournalEntry): void {
    this.waiting.push(journalLine(entry));
    if (this.open) return;
    this.open = true;
    this.pending += 1;
    this.last = this.last.then(() => this.write());
    // Whoever waits for it hears of a failure; where nobody does, it must not end the process.
    this.last.catch(() => undefined);
  }

  /** True where everything is on disk. */
  get idle(): boolean {
    return this.pending === 0;
  }

  /** Resolves when all that was appended before is on disk. */
  flushed(): Promise<void> {
    return this.last;
  }

  async close(): Promise<void> {
    await this.last.catch(() => undefined);
    await this.file.close();
  }

  // --- internal ---

  private async write(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    this.open = false;
    await this.file.appendFile(batch.join(""));
    await this.file.datasync();
    this.pending -= 1;
  }
}

/** A rename is on disk when its folder is. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync();
  await handle.close();
}
