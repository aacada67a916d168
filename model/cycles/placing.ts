// Gives every session its turn, in real time: one whose predecessors have had theirs, and that has begun. It is stuck
// where a session ends that has not had its turn: then it waits, perhaps through others, for one that began later, or
// for itself. So real time needs no edges of its own.
import type { Graph } from "./graph.js";
import type { Recording } from "./recording.js";
import { fromOf, toOf, type Writers } from "./writers.js";

export interface Placing {
  /** True where everybody had a turn: their order is a proof. */
  readonly done: boolean;
  /** By session: 1 if it had begun when it was stuck, 2 if it had had its turn. */
  readonly state: Uint8Array;
}

export function place(recording: Recording, writers: Writers, { start, to }: Graph): Placing {
  const count = recording.begin.length;
  const waits = new Int32Array(count);
  for (let edge = 0; edge < to.length; edge += 1) (waits[to[edge] as number] as number) += 1;
  const marks = marksOf(recording, writers);
  const state = new Uint8Array(count);
  const stack = new Int32Array(count);
  for (let event = 0; event < marks.length; event += 1) {
    const mark = marks[event] as number;
    if (mark === 0) continue;
    const session = (mark - 1) >> 1;
    if ((mark & 1) === 0) {
      if (state[session] !== 2) return { done: false, state };
      continue;
    }
    state[session] = 1;
    if (waits[session] !== 0) continue;
    state[session] = 2;
    stack[0] = session;
    for (let height = 1; height > 0; ) {
      height -= 1;
      const turn = stack[height] as number;
      for (let edge = start[turn] as number; edge < (start[turn + 1] as number); edge += 1) {
        const other = to[edge] as number;
        waits[other] = (waits[other] as number) - 1;
        if (waits[other] !== 0 || state[other] !== 1) continue;
        state[other] = 2;
        stack[height] = other;
        height += 1;
      }
    }
  }
  return { done: !state.includes(1), state };
}

// --- internal ---

/** By event: 2 * session + 1 where it begins to matter, 2 * session + 2 where it is over, 0 elsewhere. */
function marksOf(recording: Recording, writers: Writers): Int32Array {
  const { begin, end, asked } = recording;
  let last = 0;
  for (let session = 0; session < begin.length; session += 1) {
    last = Math.max(last, end[session] as number, asked[session] as number);
  }
  const marks = new Int32Array(last + 1);
  for (let session = 0; session < begin.length; session += 1) {
    const [from, to] = [fromOf(recording, writers, session), toOf(recording, writers, session)];
    // Who neither read nor changed anything has no end that could matter, and nobody waits for it.
    if (to <= from) continue;
    marks[from] = 2 * session + 1;
    if (to <= last) marks[to] = 2 * session + 2;
  }
  return marks;
}
