// What judges share.
import { expect, test } from "vitest";
import { recordOf } from "../test/notation.js";
import { recordedView, viewOf } from "./view.js";

test("a record is looked at once", () => {
  const record = recordOf("A[ A!a=1 A* A+1", "A:s1{a=1} A:h1");
  const view = viewOf(record);
  expect(viewOf(record)).toBe(view);
  expect(viewOf(record, {})).not.toBe(view);
  expect(view.transactions()).toBe(view.transactions());
  expect(view.bucket()).toBe(view.bucket());
  expect(view.serializability()).toBe(view.serializability());
});

test("a foreign bucket says nothing", () => {
  expect(viewOf(recordOf("", "A:h1", { foreign: true })).bucket().dangling).toBeNull();
  expect(viewOf(recordOf("", "A:h1")).bucket().dangling).not.toBeNull();
});

test("of what was recorded elsewhere nobody saw the bucket", () => {
  const { record, transactions, bucket } = recordedView([], {});
  expect(record).toEqual({ history: [], story: [], leaseTtlMs: 0, disturbed: true, waived: [] });
  expect(transactions()).toEqual([]);
  expect(bucket().heads).toEqual([]);
});
