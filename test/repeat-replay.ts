// Replays a trace many times and compares every byte: the history with the recorded one, the bucket's story with the first.
import { readTrace } from "../src/trace/read.js";
import { replayTrace } from "../src/trace/replay.js";

/** How many of `times` replays came to another history, or another story than the first one did. */
export async function differing(file: string, times: number): Promise<number> {
  const trace = readTrace(file);
  const recorded = JSON.stringify(trace.history);
  let story: string | undefined;
  let differ = 0;
  for (let i = 0; i < times; i += 1) {
    const { record } = (await replayTrace(trace)).run;
    story ??= JSON.stringify(record.story);
    if (JSON.stringify(record.history) !== recorded || JSON.stringify(record.story) !== story) differ += 1;
  }
  return differ;
}
