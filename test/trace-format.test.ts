// The published format of traces: its schema, and the example on its page.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { tracesIn } from "../src/trace/files.js";
import { readTrace, traceSchema } from "../src/trace/read.js";
import { TRACE_VERSION, type TraceJson, upgrade } from "../src/trace/upgrade.js";
import { schemaText } from "./trace-schema.js";

const files = tracesIn("traces");
const text = readFileSync("docs/trace.schema.json", "utf8");

test("the schema is what the reader checks; after a change: npm run schema", () => expect(text).toBe(schemaText()));

describe("the schema", () => {
  const schema = z.fromJSONSchema(JSON.parse(text));

  test("there are traces to hold to it", () => expect(files.length).toBeGreaterThan(0));
  test.each(files)("holds for %s", (file) => {
    expect(schema.safeParse(upgrade(JSON.parse(readFileSync(file, "utf8")))).error).toBeUndefined();
  });

  test("tells a trace from what is none", () => {
    const trace = { ...readTrace(files[0] ?? "") } as unknown as TraceJson;
    expect(trace["version"]).toBe(TRACE_VERSION);
    for (const field of Object.keys(trace))
      expect(schema.safeParse({ ...trace, [field]: -1 }).success, field).toBe(false);
  });
});

test("the example in docs/trace.md is a trace of this version", () => {
  const example = JSON.parse(/```json\n(.*?)```/s.exec(readFileSync("docs/trace.md", "utf8"))?.[1] ?? "");
  expect(upgrade(example)).toBe(example);
  expect(traceSchema.safeParse(example).error).toBeUndefined();
});
