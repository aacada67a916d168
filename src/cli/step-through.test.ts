// Walking through texts: a key goes on, q leaves, Ctrl-C interrupts, and the terminal is given back as it was.
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { stepThrough } from "./step-through.js";

async function walk(keys: string | null): Promise<{ end: string; shown: string; raw: boolean[] }> {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => raw.push(on) });
  const output = new PassThrough({ encoding: "utf8" });
  let shown = "";
  let next = 0;
  output.on("data", (text: string) => {
    shown += text;
    if (!text.includes("a key goes on")) return;
    const key = keys?.[next];
    next += 1;
    if (key === undefined) input.end();
    else input.write(key);
  });
  const end = await stepThrough(["one", "two", "three"], { input, output });
  await new Promise((resolve) => output.end(resolve));
  return { end, shown, raw };
}

test.each([
  [" \r", "seen", ["one", "two", "three"]],
  ["xq", "left", ["one", "two"]],
  ["q", "left", ["one"]],
  ["\u0003", "interrupted", ["one"]],
  [null, "left", ["one"]],
])("keys %j: %s", async (keys, end, texts) => {
  const walked = await walk(keys);
  expect(walked.end).toBe(end);
  for (const text of ["one", "two", "three"])
    expect(walked.shown.includes(`${text}\n`), text).toBe(texts.includes(text));
  expect(walked.raw).toEqual([true, false]);
});
