import { expect, test } from "vitest";
import { Fingerprint, State } from "./state.js";

// Keys 0 and 1: absent as pairs 0 and 2; key 1 starts as pair 3.
const names = { keyOf: [0, 0, 1, 1, 0], absentOf: [0, 2], initialOf: [0, 3] };
const state = () => new State(names, new Fingerprint());

test("explains what it holds, in gets and in scans", () => {
  const now = state();
  expect(now.explains([], [])).toBe(true);
  expect(now.explains([0, 3], [[3], [3]])).toBe(true);
  expect(now.explains([1], [])).toBe(false);
  expect(now.explains([0, 2], [])).toBe(false);
  for (const scan of [[], [1], [3, 1], [2]]) expect(now.explains([], [scan])).toBe(false);
  expect(now.explains([], [[3], []])).toBe(false);
  expect(now.write(1)).toBe(0);
  expect(
    now.explains(
      [1, 3],
      [
        [1, 3],
        [3, 1],
      ],
    ),
  ).toBe(true);
  for (const scan of [[1], [3], [4, 3], [1, 3, 0]]) expect(now.explains([], [scan])).toBe(false);
  expect(now.write(4)).toBe(1);
  expect(now.explains([4], [[4, 3]])).toBe(true);
  expect(now.write(2)).toBe(3);
  expect(now.write(0)).toBe(4);
  expect(now.explains([0, 2], [[]])).toBe(true);
});

test("a fingerprint is that of a set, and of the state that was written", () => {
  const print = new Fingerprint();
  const empty = print.text();
  print.flip(1);
  const one = print.text();
  print.flip(2);
  expect(new Set([empty, one, print.text()]).size).toBe(3);
  print.flip(1);
  print.flip(2);
  expect(print.text()).toBe(empty);
  const all = new Set<string>();
  for (let member = 0; member < 1000; member += 1) {
    print.flip(member);
    all.add(print.text());
    // Lanes are 32 bits each and none of them is a copy of another.
    expect(new Set(print.text().split(",")).size).toBe(4);
  }
  expect(all.size).toBe(1000);

  const written = new State(names, print);
  const before = print.text();
  written.write(1);
  const after = print.text();
  written.write(4);
  written.write(1);
  expect(print.text()).toBe(after);
  written.write(0);
  expect(print.text()).toBe(before);
});
