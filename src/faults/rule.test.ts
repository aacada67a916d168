import { describe, expect, test } from "vitest";
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
  const spec: FaultSpec = { kind, at: { client: 0, nth: 0 }, ms: 15_000, steps: 5 };
  const request: StoreRequest = { method: "PUT", key: "a", ifNoneMatch: "*" };
  const own = { status: 200, etag: '"e"' };
  const expected: Readonly<Record<string, readonly [apply: string, heard: number]>> = {
    "request-lost": ["no", 0],
    "response-lost": ["once", 0],
    duplicate: ["twice", 200],
    zombie: ["later", 0],
    "failed-after": ["once", 500],
    "refused-503": ["no", 503],
    "refused-409": ["no", 409],
    pause: ["once", 200],
    "crash-before": ["no", 200],
    "crash-after": ["once", 200],
    "crash-zombie": ["later", 200],
  };
  test("rules as it says", () => {
    const { apply, answer, crash, pause } = ruling(spec);
    expect([apply, answer(own, request).status]).toEqual(expected[kind]);
    expect(crash ?? false).toBe(kind.startsWith("crash"));
    expect(pause).toEqual(kind === "pause" ? { ms: 15_000, steps: 5 } : undefined);
    expect(strikes?.(request) ?? true).toBe(true);
    expect(says).toMatch(/\.$/);
  });
});

test("409 answers conditional writes only", () => {
  const spec: FaultSpec = { kind: "refused-409", at: { client: 0, nth: 0 } };
  expect(struck([spec], [put("a"), put("b", { ifMatch: '"e"' })])).toEqual([undefined, "refused-409"]);
});
