// Small files and small functions, each named after the one thing it is (ARCHITECTURE.md has the numbers).
import { describe, expect, test } from "vitest";
import { MARKER } from "./secret.js";
import { faultsIn, linesIn, linesPerFileMedianMax, marks, median } from "./shape.js";
import { isTest, parse, sourcesIn } from "./sources.js";

const sources = sourcesIn("src", "model", "properties", "test");

test("no file is long or a catch-all, no function long, no work left for later, no test left out, no secret unmarked", () => {
  expect(sources.flatMap(faultsIn)).toEqual([]);
});

describe("the median file is short", () => {
  const groups: readonly (readonly [name: string, isMember: (path: string) => boolean])[] = [
    ["src", (path) => path.startsWith("src/") && !isTest(path)],
    ["model", (path) => path.startsWith("model/") && !isTest(path)],
    ["properties", (path) => path.startsWith("properties/") && !isTest(path)],
    ["tests", isTest],
  ];
  test.each(groups)("%s", (_name, isMember) => {
    const lengths = sources.filter(({ path }) => isMember(path)).map(linesIn);
    expect(lengths.length).toBeGreaterThan(0);
    expect(median(lengths)).toBeLessThan(linesPerFileMedianMax);
  });
});

describe("faults that are found", () => {
  const body = (lines: number) => "  step();\n".repeat(lines - 2);
  const caught: readonly (readonly [fault: string, path: string, code: string])[] = [
    ["src/a.ts has 301 lines", "src/a.ts", "step();\n".repeat(301)],
    ["src/a.ts:2 is a function of 61 lines", "src/a.ts", `\nfunction f() {\n${body(61)}}`],
    ["src/a.ts:1 is a function of 61 lines", "src/a.ts", `const f = () => {\n${body(61)}};`],
    ["src/a.ts:2 is a function of 61 lines", "src/a.ts", `class A {\n  constructor() {\n${body(61)}}\n}`],
    ["a.test.ts:1 is a function of 61 lines", "a.test.ts", `test("x", () => {\n${body(61)}});`],
    ["src/utils.ts is a catch-all: name it after the one thing it is", "src/utils.ts", ""],
    ["src/run/helpers.test.ts is a catch-all: name it after the one thing it is", "src/run/helpers.test.ts", ""],
    ["src/types.ts is a catch-all: name it after the one thing it is", "src/types.ts", ""],
    ["src/run-common.ts is a catch-all: name it after the one thing it is", "src/run-common.ts", ""],
    [`src/a.ts:2 has a ${marks[0]}`, "src/a.ts", `step();\n// ${marks[0]}: later`],
    [`src/a.ts:1 has a ${marks[1]}`, "src/a.ts", `/* ${marks[1]} */`],
    ["a.test.ts:1 has a .only", "a.test.ts", 'test.only("x", f);'],
    ["a.test.ts:2 has a .only", "a.test.ts", '// Skipped: slow\ndescribe.only.each([1])("x", f);'],
    ["a.test.ts:1 has no // Skipped: why", "a.test.ts", 'it.skip("x", f);'],
    ["a.test.ts:1 has no // Skipped: why", "a.test.ts", 'test.concurrent.skipIf(true)("x", f);'],
    ['a.test.ts:1: the secret "hush" is not marked', "a.test.ts", 'const keys = { secretAccessKey: "hush" };'],
    ['a.test.ts:1: the secret "hush" is not marked', "a.test.ts", "const AWS_SESSION_TOKEN = `hush`;"],
    ['a.test.ts:1: the secret "hush" is not marked', "a.test.ts", 'const file = "x\\naws_session_token = hush\\n";'],
    [
      'a.test.ts:1: the secret "hush" is not marked',
      "a.test.ts",
      // The slashes come later, so that this file passes itself.
      'fetch("http:__me:hush@h");'.replace("__", "//"),
    ],
  ];
  test.each(caught)("%s", (fault, path, code) => {
    expect(faultsIn(parse(path, code))).toEqual([fault]);
  });

  const fine: readonly (readonly [name: string, path: string, code: string])[] = [
    ["a file of 300 lines", "src/a.ts", "step();\n".repeat(300)],
    ["a function of 60 lines", "src/a.ts", `function f() {\n${body(60)}}`],
    ["a suite of 90 lines", "a.test.ts", `describe("x", () => {\n${body(90)}});`],
    ["a table of suites", "a.test.ts", `describe.each([1])("x", () => {\n${body(90)}});`],
    ["other people's skip and only", "src/history.ts", "list.skip(3); query.only(4);"],
    ["a marked secret", "a.test.ts", `const keys = { secretAccessKey: "${MARKER}1" };`],
    ["a program's own keys", "src/a.ts", 'const keys = { secretAccessKey: "simulated" };'],
    ["a skip with its reason", "a.test.ts", '// Skipped: go is not installed here\ntest.skipIf(!go)("x", f);'],
  ];
  test.each(fine)("none in %s", (_name, path, code) => {
    expect(faultsIn(parse(path, code))).toEqual([]);
  });

  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 3],
    [[], 0],
  ])("the median of %j is %d", (numbers, middle) => {
    expect(median(numbers)).toBe(middle);
  });
});
