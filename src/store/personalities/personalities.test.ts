import { describe, expect, test } from "vitest";
import type { StoreRequest, StoreResponse } from "../request.js";
import { SimulatedStore } from "../simulated.js";
import { personalities, waivedBy, withPersonalities } from "./index.js";

/** What a store with these personalities answers to the requests, in short: status, code of a failure, body, keys. */
function answers(names: readonly string[], requests: readonly StoreRequest[]): string[] {
  const store = new SimulatedStore({ now: () => 0 });
  const apply = withPersonalities((request) => store.apply(request), names);
  return requests.map((request) => short(apply(request)));
}

const short = ({ status, code, body, page }: StoreResponse): string =>
  [status, code, body, page?.entries.map(({ key }) => key).join()].filter((part) => part !== undefined).join(" ");

const put = (key: string, body: string, condition: Partial<StoreRequest> = {}): StoreRequest => ({
  method: "PUT",
  key,
  body,
  ...condition,
});
const get = (key: string): StoreRequest => ({ method: "GET", key });
const list: StoreRequest = { method: "LIST", key: "" };
const absent = { ifNoneMatch: "*" };
const wrong = { ifMatch: '"other"' };
const idle = [get("x"), get("x"), get("x")];
const none = ["404 NoSuchKey", "404 NoSuchKey", "404 NoSuchKey"];

describe("each personality, and S3 beside it", () => {
  const cases: Readonly<Record<string, readonly [readonly StoreRequest[], personality: readonly string[]]>> = {
    "precondition-ignored": [
      [put("a", "1"), put("a", "2", absent), put("a", "3", wrong), get("a")],
      ["200", "200", "200", "200 3"],
    ],
    "precondition-not-atomic": [
      [put("a", "1", absent), put("a", "2", absent), get("a"), ...idle, put("a", "3", absent)],
      ["200", "200", "200 2", ...none, "412 PreconditionFailed"],
    ],
    "if-match-creates": [
      [put("a", "1", wrong), put("a", "2", wrong)],
      ["200", "412 PreconditionFailed"],
    ],
    "if-match-missing-412": [
      [put("a", "1", wrong), get("a")],
      ["412 PreconditionFailed", "404 NoSuchKey"],
    ],
    "race-loser-409": [
      [put("a", "1", absent), put("a", "2", absent), ...idle, put("a", "2", absent), get("a")],
      ["200", "409 ConditionalRequestConflict", ...none, "412 PreconditionFailed", "200 1"],
    ],
    "stale-get": [
      [put("a", "1"), ...idle, put("a", "2"), get("a"), get("x"), get("x"), get("a")],
      ["200", ...none, "200", "200 1", "404 NoSuchKey", "404 NoSuchKey", "200 2"],
    ],
    "wrong-404": [
      [put("a", "1"), get("a"), get("x"), get("x"), get("a")],
      ["200", "404 NoSuchKey", "404 NoSuchKey", "404 NoSuchKey", "200 1"],
    ],
    "stale-list": [
      [put("a", "1"), list, get("x"), get("x"), list],
      ["200", "200 ", "404 NoSuchKey", "404 NoSuchKey", "200 a"],
    ],
    "unordered-list": [
      [put("a", "1"), put("b", "1"), list],
      ["200", "200", "200 b,a"],
    ],
    "truncated-list": [
      [put("a", ""), put("b", ""), put("c", ""), put("d", ""), list],
      ["200", "200", "200", "200", "200 a,b,c"],
    ],
    "conditional-delete-ignored": [
      [put("a", "1"), { method: "DELETE", key: "a", ...wrong }, get("a")],
      ["200", "204", "404 NoSuchKey"],
    ],
  };

  test.each(Object.entries(cases))("%s", (name, [requests, answered]) => {
    expect(answers([name], requests)).toEqual(answered);
    expect(answers([], requests)).not.toEqual(answered);
    expect(answers([name], requests)).toEqual(answered);
  });

  test("none is left out", () => {
    expect(Object.keys(cases).sort()).toEqual([...personalities.keys()].sort());
    for (const { says } of personalities.values()) expect(says).toMatch(/\.$/);
  });
});

test("several at once; the promises that they take away are told, once each", () => {
  const requests = [put("a", "1"), put("a", "2", wrong), list];
  expect(answers(["precondition-ignored", "truncated-list"], requests)).toEqual(["200", "200", "200 a"]);
  expect(waivedBy(["wrong-404", "stale-list", "stale-get"])).toEqual(["P7"]);
  expect(() => answers(["nonsense"], [])).toThrow(RangeError);
});
