// Recorded traces of what was wrong once, in the manifest that ships: none of them fails any more.
import { describe, expect, test } from "vitest";
import { tracesIn } from "../src/trace/files.js";
import { readTrace } from "../src/trace/read.js";
import { replayTrace } from "../src/trace/replay.js";

const files = tracesIn("traces").filter((file) => file.startsWith("traces/manifest-"));

describe("fixed", () => {
  test("there are some", () => expect(files.length).toBeGreaterThan(0));
  test.each(files)("%s", async (file) => {
    const { verdict, message } = await replayTrace(readTrace(file));
    expect({ verdict, message }).toEqual({ verdict: "valid", message: null });
  });
});
