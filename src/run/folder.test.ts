// Folders for what a command writes.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeFolder } from "./folder.js";

const home = mkdtempSync(join(tmpdir(), "manifest-chaos-folder-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test("what is missing is made, what is there is left", () => {
  const deep = join(home, "a", "b", "c");
  makeFolder(deep);
  makeFolder(deep);
  expect(existsSync(deep)).toBe(true);
});

// Skipped: /proc is Linux's.
test.skipIf(!existsSync("/proc/self"))("where nothing can be made, it ends with the system's error", () => {
  expect(() => makeFolder("/proc/x/y")).toThrow("ENOENT");
});

test("below a file there is no folder", () => {
  writeFileSync(join(home, "file"), "");
  expect(() => makeFolder(join(home, "file", "below"))).toThrow("ENOTDIR");
});
