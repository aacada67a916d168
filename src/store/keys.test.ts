import { describe, expect, test } from "vitest";
import { byBytes, SortedKeys } from "./keys.js";

/** Characters at the borders of UTF-8's lengths and around the surrogates, and what they make. */
const characters = ["", "\0", "-", "/", "0", "A", "a", "\x7f", "\x80", "é", "\u07ff", "\u0800", "中"];
const borders = ["\ud7ff", "\ue000", "\uffe6", "\uffff", "\u{10000}", "😀", "\u{10ffff}"];
const all = [...characters, ...borders];
const words = all.flatMap((first) => all.flatMap((second) => [first + second, `k/${second}${first}`]));

const sign = (order: number): number => Math.sign(order);

describe("byBytes", () => {
  test("is the order of UTF-8 bytes", () => {
    const bytes = words.map((word) => Buffer.from(word, "utf8"));
    const wrong = words.flatMap((a, i) =>
      words.filter((b, j) => {
        const [x, y] = [bytes[i], bytes[j]];
        return x === undefined || y === undefined || sign(byBytes(a, b)) !== sign(Buffer.compare(x, y));
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("differs from JavaScript's own order above the surrogates", () => {
    expect("\uffff" < "😀").toBe(false);
    expect(byBytes("\uffff", "😀")).toBeLessThan(0);
    expect(byBytes("😀", "\ud7ff")).toBeGreaterThan(0);
  });
});

describe("SortedKeys", () => {
  test("is in order after each change, each key once", () => {
    const keys = new SortedKeys();
    expect(keys.sorted()).toEqual([]);
    for (const key of ["b", "😀", "\uffff", "a", "b"]) keys.add(key);
    expect(keys.sorted()).toEqual(["a", "b", "\uffff", "😀"]);
    keys.delete("b");
    keys.delete("none");
    expect(keys.sorted()).toEqual(["a", "\uffff", "😀"]);
    keys.add("B");
    expect(keys.sorted()).toEqual(["B", "a", "\uffff", "😀"]);
  });

  test("leaves what it gave before as it was", () => {
    const keys = new SortedKeys();
    keys.add("a");
    const before = keys.sorted();
    keys.add("b");
    expect(before).toEqual(["a"]);
    expect(keys.sorted()).toEqual(["a", "b"]);
  });
});
