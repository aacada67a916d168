// Walks through texts on a terminal: any key goes on, q leaves.
import type { Readable, Writable } from "node:stream";

/** A terminal's two ends, as `process` has them. */
export interface Terminal {
  readonly input: Readable & { readonly setRawMode?: (raw: boolean) => unknown };
  readonly output: Writable;
}

const CTRL_C = "\u0003";
const CLEAR = "\r\u001b[K";

/** Shows one text after the other. Ends with how: all were seen, somebody left, or Ctrl-C. */
export async function stepThrough(
  texts: readonly string[],
  { input, output }: Terminal,
): Promise<"seen" | "left" | "interrupted"> {
  input.setRawMode?.(true);
  input.setEncoding("utf8");
  try {
    for (const [i, text] of texts.entries()) {
      output.write(`${text}\n`);
      if (i === texts.length - 1) break;
      output.write(`-- ${i + 1} of ${texts.length}: a key goes on, q leaves --`);
      const key = await nextKey(input);
      output.write(CLEAR);
      if (key === CTRL_C) return "interrupted";
      if (key === undefined || key.startsWith("q")) return "left";
    }
    return "seen";
  } finally {
    input.setRawMode?.(false);
    input.pause();
  }
}

// --- internal ---

/** The next key, or undefined where the input has ended. */
function nextKey(input: Readable): Promise<string | undefined> {
  return new Promise((resolve) => {
    const settle = (key: string | undefined): void => {
      input.off("data", onData);
      input.off("end", onEnd);
      input.pause();
      resolve(key);
    };
    const onData = (key: string): void => settle(key);
    const onEnd = (): void => settle(undefined);
    input.on("data", onData);
    input.on("end", onEnd);
    input.resume();
  });
}
