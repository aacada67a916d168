import { describe, expect, test } from "vitest";
import {
  conditionalRequestConflict,
  connectionReset,
  internalError,
  MEANINGS,
  outcomeOf,
  slowDown,
  timedOut,
} from "./failure.js";

describe("the table", () => {
  test("has each answer once", () => {
    const names = MEANINGS.map(({ status, code }) => `${status} ${code}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test("says of each answer what its row says", () => {
    expect(MEANINGS.map(({ status, code }) => outcomeOf(code === "" ? { status } : { status, code }))).toEqual(
      MEANINGS,
    );
  });

  test("retries nothing that is done, and everything that nobody knows", () => {
    const odd = MEANINGS.filter(
      ({ applied, retryable }) => (applied === "yes" && retryable) || (applied === "unknown" && !retryable),
    );
    expect(odd).toEqual([]);
  });
});

describe("whether an answer is definite", () => {
  const applied = (status: number, code?: string) =>
    outcomeOf(code === undefined ? { status } : { status, code }).applied;

  test("a success is", () => {
    expect([applied(200), applied(204), applied(206)]).toEqual(["yes", "yes", "yes"]);
  });

  test.each([
    [412, "PreconditionFailed"],
    [409, "ConditionalRequestConflict"],
    [404, "NoSuchKey"],
    [404, "NoSuchBucket"],
    [400, "ExpiredToken"],
    [400, "InvalidArgument"],
    [403, "AccessDenied"],
    [403, "RequestTimeTooSkewed"],
    [304, "NotModified"],
    [501, "NotImplemented"],
  ])("%d %s says: not applied", (status, code) => {
    expect(applied(status, code)).toBe("no");
  });

  test.each([
    [503, "SlowDown"],
    [503, "ServiceUnavailable"],
    [429, "TooManyRequests"],
    [500, "InternalError"],
    [502, "BadGateway"],
    [504, "GatewayTimeout"],
    [0, "Timeout"],
    [0, "ConnectionReset"],
  ])("%d %s says nothing", (status, code) => {
    expect(applied(status, code)).toBe("unknown");
  });

  test("an unknown 4xx is, an unknown 5xx, 3xx or 1xx is not", () => {
    expect([418, 451].map((status) => applied(status, "New"))).toEqual(["no", "no"]);
    expect([100, 307, 507, 599].map((status) => applied(status, "New"))).toEqual(Array(4).fill("unknown"));
    expect(outcomeOf({ status: 507 }).retryable).toBe(true);
    expect(outcomeOf({ status: 451 }).retryable).toBe(false);
  });

  test("the failures that faults make are rows of the table", () => {
    const made = [timedOut, connectionReset, internalError, slowDown, conditionalRequestConflict];
    expect(made.map(outcomeOf).map(({ status, code }) => ({ status, code }))).toEqual(made);
  });
});

test("a 409 is tried again, and only it among the refusals of a condition", () => {
  expect(outcomeOf(conditionalRequestConflict)).toMatchObject({ retryable: true, word: "unavailable" });
  expect(outcomeOf({ status: 412, code: "PreconditionFailed" })).toMatchObject({ retryable: false });
  expect(outcomeOf({ status: 404, code: "NoSuchKey" })).toMatchObject({ retryable: false, word: "missing" });
});
