import { expect, test } from "vitest";
import { VersionedMap } from "./versioned-map.js";

test("every version stays what it was, in whatever order they are read", () => {
  // Plain copies are the measure. A small linear congruence draws, so that the test is the same every time.
  let state = 7;
  const below = (n: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * n);
  };
  const versions = [VersionedMap.of(new Map([["a", "0"]]))];
  const copies: Map<string, string>[] = [new Map([["a", "0"]])];
  for (let i = 1; i < 300; i += 1) {
    const from = below(4) === 0 ? below(versions.length) : versions.length - 1;
    const writes = new Map<string, string | null>([
      ["abcdef"[below(6)] ?? "a", below(3) === 0 ? null : String(i)],
      ["abcdef"[below(6)] ?? "a", String(i)],
    ]);
    const copy = new Map(copies[from]);
    for (const [key, value] of writes) {
      if (value === null) copy.delete(key);
      else copy.set(key, value);
    }
    versions.push((versions[from] as VersionedMap).with(writes));
    copies.push(copy);
    const look = below(versions.length);
    expect(new Map([...(versions[look] ?? [])].sort())).toEqual(new Map([...(copies[look] ?? [])].sort()));
    expect(versions[look]?.size).toBe(copies[look]?.size);
  }
  for (const [i, version] of versions.entries())
    for (const key of "abcdef") expect(version.get(key), `version ${i}`).toBe(copies[i]?.get(key));
});

test("is a map in every other way", () => {
  const map = VersionedMap.of(new Map([["a", "1"]])).with(
    new Map([
      ["b", "2"],
      ["a", "3"],
    ]),
  );
  expect(VersionedMap.of(map)).toBe(map);
  expect([...map.entries()]).toEqual([
    ["a", "3"],
    ["b", "2"],
  ]);
  expect([...map.keys()]).toEqual(["a", "b"]);
  expect([...map.values()]).toEqual(["3", "2"]);
  expect([map.has("a"), map.has("c"), map.size]).toEqual([true, false, 2]);
  const seen: unknown[] = [];
  map.forEach((...each) => {
    seen.push(each);
  });
  expect(seen).toEqual([
    ["3", "a", map],
    ["2", "b", map],
  ]);
});
