// The page of a failed run, on the committed trace of each planted bug: its order, its size, and whatever is long.
import { describe, expect, test } from "vitest";
import { findingPage } from "../src/report/finding.js";
import type { Violation } from "../src/run/campaign.js";
import { planted } from "../src/targets/index.js";
import { readTrace } from "../src/trace/read.js";
import { replayTrace } from "../src/trace/replay.js";

async function violationOf(id: string): Promise<Violation> {
  const trace = readTrace(`traces/${id}.json`);
  const { run: evidence } = await replayTrace(trace);
  return { run: 3, claim: "The claim.", plan: trace.plan, evidence, ...trace.verdict };
}

const page = (violation: Violation, width: number): string[] => {
  const finding = { violation, path: "traces/x.json", known: false, tried: 1, complete: true };
  const text = findingPage(finding, { target: "x", seed: 7, width, notes: ["a note"] });
  expect(text.endsWith("\n")).toBe(true);
  return text.slice(0, -1).split("\n");
};

describe.each(planted.map(({ id }) => id))("%s", (id) => {
  test.each([60, 80, 120])("%i characters across: at most 40 lines, in order", async (width) => {
    const violation = await violationOf(id);
    const lines = page(violation, width);
    expect(lines.length).toBeLessThanOrEqual(40);
    const free = lines.filter((line) => !/^(again|trace|INVALID): /.test(line));
    expect(Math.max(...free.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.slice(0, 3)).toEqual([
      `INVALID: x breaks ${violation.promise} ${violation.property}`,
      "The claim.",
      "again: npx manifest-chaos replay traces/x.json",
    ]);
    expect(lines[4]).toMatch(/^step \w+/);
    expect(lines).toContain("a note");
    expect(lines.at(-1)).toBe("trace: traces/x.json");
    expect(lines.join("\n")).not.toContain("\u001b");
  });

  test("every event that the reason names is in the table", async () => {
    const violation = await violationOf(id);
    const text = page(violation, 80).join("\n");
    for (const [, first] of violation.message.matchAll(/events? (\d+)/g)) expect(text).toContain(`(${first}) `);
  });
});

describe("what is long", () => {
  test("a reason is cut, words and all; the page stays within its lines", async () => {
    const violation = await violationOf("lost-update");
    const lines = page({ ...violation, message: `${"k".repeat(500)} ${"again and again ".repeat(200)}` }, 80);
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines).toContain("...");
    expect(lines.some((line) => line.startsWith(`${"k".repeat(57)}... again`))).toBe(true);
  });

  test("a fault whose request was never applied is in the table", async () => {
    const violation = await violationOf("lost-update");
    const strikes = [{ step: 999, client: "auditor", method: "GET" as const, key: "HEAD.json", fault: "request-lost" }];
    const lines = page({ ...violation, evidence: { ...violation.evidence, strikes } }, 80);
    expect(lines.join("\n")).toContain(" 999 ");
    expect(lines.join("\n")).toContain("!request-lost");
  });
});
