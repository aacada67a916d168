// Published anomalies, and what is right, as recorded histories with known verdicts. Each file's first line names the
// source and what has to come out; the events are that source's example in the format of docs/history.md.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { verify } from "../src/index.js";

const folder = fileURLToPath(new URL("histories", import.meta.url));
const names = readdirSync(folder).sort();

interface Header {
  readonly source: string;
  readonly expected: { readonly verdict: string; readonly promise: string | null; readonly anomaly: string | null };
}

const headerOf = (name: string): Header =>
  JSON.parse(readFileSync(join(folder, name), "utf8").split("\n", 1)[0] ?? "{}") as Header;

test("there are at least 20, each with its source, good and bad", () => {
  const headers = names.map(headerOf);
  expect(headers.length).toBeGreaterThanOrEqual(20);
  expect(headers.every(({ source }) => source.length > 10)).toBe(true);
  expect(new Set(headers.map(({ expected }) => expected.verdict))).toEqual(new Set(["valid", "invalid"]));
});

test.each(names)("%s", async (name) => {
  const { expected } = headerOf(name);
  const { verdict, violation } = await verify(join(folder, name));
  const anomaly = violation?.explanation?.anomaly ?? null;
  expect({ verdict, promise: violation?.promise ?? null, anomaly }).toEqual(expected);
});
