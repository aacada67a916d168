import { describe, expect, test } from "vitest";
import { bodyText } from "../store/body.js";
import type { StoreRequest } from "../store/request.js";
import type { FaultSpec } from "./fault.js";
import { faults } from "./index.js";
import { ruleOf, type Sighting } from "./rule.js";

const put = (key: string, extra: Partial<StoreRequest> = {}): Sighting => ({
  client: 0,
  op: "commit",
  key,
  request: { method: "PUT", key, ...extra },
});
const struck = (specs: readonly FaultSpec[], sightings: readonly Sighting[]): (string | undefined)[] => {
  const rule = ruleOf(specs);
  return sightings.map((sighting) => rule(sighting)?.kind);
};

describe("a place", () => {
  const lost = (at: Partial<FaultSpec["at"]>): FaultSpec => ({
    kind: "request-lost",
    at: { client: 0, nth: 0, ...at },
  });
  test.each([
    ["the n-th of the client", lost({ nth: 1 }), [undefined, "request-lost", undefined]],
    ["another client's", lost({ client: 1 }), [undefined, undefined, undefined]],
    ["only in an operation", lost({ op: "begin" }), [undefined, undefined, undefined]],
    ["the n-th that is like it", lost({ request: "PUT segments/", nth: 0 }), [undefined, "request-lost", undefined]],
    ["any method", lost({ request: "* HEAD", nth: 1 }), [undefined, undefined, "request-lost"]],
    ["another method", lost({ request: "GET" }), [undefined, undefined, undefined]],
  ])("%s", (_what, spec, kinds) => {
    expect(struck([spec], [put("HEAD.json"), put("segments/1"), put("HEAD.json")])).toEqual(kinds);
  });

  test("each fault strikes once; where two mean one request, the second takes the next", () => {
    const twice: FaultSpec[] = [lost({}), { kind: "refused-503", at: { client: 0, nth: 0 } }];
    expect(struck(twice, [put("a"), put("b"), put("c")])).toEqual(["request-lost", "refused-503", undefined]);
  });
});

describe.each([...faults.values()])("$kind", ({ kind, ruling, strikes, says }) => {
  const spec: FaultSpec = { kind, at: { client: 0, nth: 0 }, ms: 15_000, steps: 5, byte: 15 };
  const request: StoreRequest = { method: kind.startsWith("body") ? "GET" : "PUT", key: "a", ifNoneMatch: "*" };
  const own = { status: 200, etag: '"e"', body: '{"value":1}' };
  const expected: Readonly<Record<string, readonly [apply: string, heard: number]>> = {
    "request-lost": ["no", 0],
    "response-lost": ["once", 0],
    duplicate: ["twice", 200],
    zombie: ["later", 0],
    "failed-after": ["once", 500],
    "refused-503": ["no", 503],
    "refused-409": ["no", 409],
    "refused-429": ["no", 429],
    "refused-500": ["no", 500],
    "refused-403": ["no", 403],
    "credentials-expired": ["no", 400],
    "error-in-200": ["no", 200],
    "etag-missing": ["once", 200],
    "body-truncated": ["once", 200],
    "body-corrupted": ["once", 200],
    "body-stalled": ["once", 200],
    pause: ["once", 200],
    hang: ["no", 200],
    "hang-zombie": ["later", 200],
    "crash-before": ["no", 200],
    "crash-after": ["once", 200],
    "crash-zombie": ["later", 200],
    "clock-forward": ["once", 200],
    "clock-back": ["once", 200],
    "clock-jumps": ["once", 200],
    "brown-out": ["no", 503],
    partition: ["no", 0],
  };
  test("rules as it says", () => {
    const { apply, answer, crash, hang, pause, skewMs } = ruling(spec, 0);
    expect([apply, answer(own, request).status]).toEqual(expected[kind]);
    expect(crash ?? false).toBe(kind.startsWith("crash"));
    expect(hang ?? false).toBe(kind.startsWith("hang") || kind === "body-stalled");
    expect(pause).toEqual(kind === "pause" ? { ms: 15_000, steps: 5 } : undefined);
    expect(skewMs).toBe(kind.startsWith("clock") ? (kind === "clock-back" ? -15_000 : 15_000) : undefined);
    expect(strikes?.(request) ?? true).toBe(true);
    expect(says).toMatch(/\.$/);
  });
});

describe("what is heard", () => {
  const own = { status: 200, etag: '"e"', body: '{"value":1}' };
  const heard = (kind: string, fields: Partial<FaultSpec> = {}) =>
    faults
      .get(kind)
      ?.ruling({ kind, at: { client: 0, nth: 0 }, ...fields }, 0)
      .answer(own, { method: "GET", key: "a" });
  const text = (kind: string, byte: number) => bodyText(heard(kind, { byte })?.body ?? "");
  test("bodies are cut, or wrong in one bit, at a byte counted round", () => {
    expect(text("body-truncated", 4)).toBe('{"va');
    expect(text("body-truncated", 4 + 11)).toBe('{"va');
    expect(text("body-corrupted", 9)).toBe('{"value":0}');
    expect(heard("body-corrupted")?.etag).toBe('"e"');
  });
  test("an error in a 200 has a code and no ETag; a missing ETag is the only thing that is missing", () => {
    expect(heard("error-in-200")).toEqual({ status: 200, code: "InternalError" });
    expect(heard("etag-missing")).toEqual({ status: 200, body: '{"value":1}' });
  });
});

describe("a fault that lasts", () => {
  const from = (kind: string): FaultSpec => ({ kind, at: { client: 0, nth: 1 }, healRequests: 3 });
  const requests = [put("a"), put("b"), { ...put("c"), client: 1 }, put("d"), put("e"), put("f")];
  test("strikes from its place until it heals, its client only", () => {
    const kinds = [undefined, "partition", undefined, "partition", "partition", undefined];
    expect(struck([from("partition")], requests)).toEqual(kinds);
  });
  test("strikes everyone: refuses, is slow, applies and fails, in turn", () => {
    const rule = ruleOf([{ ...from("brown-out"), ms: 700 }]);
    const rulings = requests.map((request) => rule(request)?.ruling);
    expect(rulings.map((ruling) => ruling?.apply)).toEqual([undefined, "no", "once", "once", undefined, undefined]);
    expect(rulings[2]?.pause).toEqual({ ms: 700, steps: 1 });
    expect(rulings[3]?.answer(undefined, put("d").request).status).toBe(500);
  });
  test("a clock jumps there and back", () => {
    const rule = ruleOf([{ ...from("clock-jumps"), ms: 700 }]);
    const skews = requests.map((request) => rule(request)?.ruling.skewMs);
    expect(skews).toEqual([undefined, 700, undefined, -700, 700, undefined]);
  });
});

test("409 answers conditional writes only", () => {
  const spec: FaultSpec = { kind: "refused-409", at: { client: 0, nth: 0 } };
  expect(struck([spec], [put("a"), put("b", { ifMatch: '"e"' })])).toEqual([undefined, "refused-409"]);
});
