import { expect, test } from "vitest";
import { bodyBytes, bodyText } from "./body.js";

const texts: readonly (readonly [what: string, text: string, bytes: readonly number[]])[] = [
  ["nothing", "", []],
  ["ASCII", "ab", [97, 98]],
  ["letters beyond ASCII", "é😀", [0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80]],
  ["a byte order mark", "\ufeffa", [0xef, 0xbb, 0xbf, 97]],
];

test.each(texts)("%s as bytes and as text again", (_what, text, bytes) => {
  expect([...bodyBytes(text)]).toEqual(bytes);
  expect(bodyText(Uint8Array.from(bytes))).toBe(text);
});

test("what has the wanted form already is passed on as it is", () => {
  const bytes = Uint8Array.from([0, 255]);
  expect(bodyBytes(bytes)).toBe(bytes);
  expect(bodyText("a")).toBe("a");
});
