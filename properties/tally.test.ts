// What is counted, and under which name.
import { expect, test } from "vitest";
import type { Applied } from "../model/story.js";
import { recordOf } from "../test/notation.js";
import { tallyOf } from "./tally.js";

const tallied = (history: string, story = "") => Object.fromEntries(tallyOf(recordOf(history, story)));

test("answers: of those that are ok only commits with an id", () => {
  expect(tallied("A[ A?a A!a=1 A* A+1 A[ A* A+ A[ A!a=2 A* A- A[ A!a=3 A* A~ A[ A%a=1 AX A#gc")).toEqual({
    "ok commit": 1,
    "fail commit conflict": 1,
    "info commit": 1,
    "info put": 1,
    crash: 1,
  });
  const [invoke] = recordOf("A[ A* A+").history.slice(-2);
  const gc = { ...invoke, type: "ok", op: "gc", txn: 1 } as const;
  expect([...tallyOf({ ...recordOf(""), history: [gc as never] })]).toEqual([]);
});

test("requests: PUTs that were refused, DELETEs but of leases, and whatever a fault had its hands in", () => {
  expect(tallied("", "A:s1{} A:h1 A:s1{}!412 A:h1!412 A:-s1 A:-c1!403 A:s2{}!zombie A:h2!zombie!412")).toEqual({
    "PUT segments/ 412": 1,
    "PUT HEAD.json 412": 2,
    "DELETE segments/ 200": 1,
    "DELETE checkpoints/ 403": 2,
    "fault zombie 200": 1,
    "fault zombie 412": 1,
  });
  const request = (method: Applied["method"], key: string, status = 200): Applied => ({
    ...{ step: 1, client: "A", atMs: 0 },
    ...{ method, key, status },
  });
  const story = [
    request("GET", "segments/s", 404),
    request("DELETE", "leases/l"),
    request("DELETE", "gc/leases/"),
    request("DELETE", "/odd"),
    request("PUT", "gc/GARBAGE", 300),
  ];
  expect(Object.fromEntries(tallyOf({ ...recordOf(""), story }))).toEqual({
    "DELETE gc/ 200": 1,
    "DELETE / 200": 1,
    "PUT gc/ 300": 1,
  });
});
