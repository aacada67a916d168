// Simpler commands in the place of one.
import type { Command, Transact } from "../../../model/command.js";

/** What may stand in a command's place: fewer retries, reads, writes; or the same spelled out, to be taken apart next. */
export function* simplerThan(command: Command): Generator<readonly Command[]> {
  if (command.kind !== "transact" && command.kind !== "look") return;
  if (command.kind === "transact") yield* fewerRetries(command);
  const least = command.kind === "look" ? 1 : 0;
  for (const gone of command.reads.keys()) {
    if (command.reads.length > least) yield [{ ...command, reads: command.reads.toSpliced(gone, 1) }];
  }
  if (command.kind !== "transact") return;
  for (const gone of command.writes.keys()) {
    if (command.writes.length > 1) yield [{ ...command, writes: command.writes.toSpliced(gone, 1) }];
  }
  for (const [place, { key, delete: gone }] of command.writes.entries()) {
    if (gone === true) yield [{ ...command, writes: command.writes.with(place, { key }) }];
  }
  if (command.reads.length > 0) yield [{ kind: "look", reads: command.reads }];
}

/** The plainest of its kind: a blind write of one key, a look at one. */
export function plainest(command: Command): Command {
  if (command.kind === "look") return { ...command, reads: command.reads.slice(0, 1) };
  return command.kind === "transact"
    ? { ...command, reads: [], writes: command.writes.slice(0, 1), retries: 0 }
    : command;
}

// --- internal ---

/** A retry is a session like any other: written as one of its own it may turn out to need less than the first. */
function* fewerRetries(command: Transact): Generator<readonly Command[]> {
  if (command.retries === 0) return;
  const once: Transact = { ...command, retries: 0 };
  yield [once];
  yield [{ ...command, retries: command.retries - 1 }];
  yield Array.from({ length: command.retries + 1 }, () => once);
}
