// Recorded traces: of what was wrong once in the manifest that ships, and is no more; and of each planted bug, which
// still fails on its target and passes on the real manifest.
import { describe, expect, test } from "vitest";
import { targetOf } from "../src/run/choices.js";
import { planted } from "../src/targets/index.js";
import { tracesIn } from "../src/trace/files.js";
import { readTrace } from "../src/trace/read.js";
import { replayTrace } from "../src/trace/replay.js";

const files = tracesIn("traces");
const foreign = tracesIn("traces/fusio-manifest");
const OPERATIONS_MAX = 12;

// They are replayed in test/interop.test.ts, where cargo can build the crate.
test.each(foreign)("%s can be read", (file) => {
  expect(readTrace(file).target.options["command"]).toMatch(
    /^(env MANIFEST_GC=plan )?\.cache\/cargo\/release\/fusio-manifest-0-6-[01]$/,
  );
});

describe("fixed", () => {
  const fixed = files.filter((file) => readTrace(file).target.id === "manifest");
  test("there are some", () => expect(fixed.length).toBeGreaterThan(0));
  test.each(fixed)("%s", async (file) => {
    const { verdict, message } = await replayTrace(readTrace(file));
    expect({ verdict, message }).toEqual({ verdict: "valid", message: null });
  });
});

describe("planted", () => {
  test.each(planted.map(({ id }) => id))("%s fails on the bug and passes on the manifest", async (id) => {
    const trace = readTrace(`traces/${id}.json`);
    const { reproduced, run } = await replayTrace(trace);
    expect(reproduced).toBe(true);
    expect(JSON.stringify(run.record.history)).toBe(JSON.stringify(trace.history));
    const operations = trace.history.filter(({ type, client }) => type === "invoke" && client !== "auditor");
    expect(operations.length).toBeLessThanOrEqual(OPERATIONS_MAX);
    expect(trace.plan.clients.length).toBeLessThanOrEqual(3);
    expect((await replayTrace(trace, targetOf("manifest"))).verdict).toBe("valid");
  });
});
