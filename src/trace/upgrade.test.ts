// Old versions of the format: every step is walked, none is skipped, and nothing else changes.
import { describe, expect, test } from "vitest";
import { TRACE_VERSION, upgrade } from "./upgrade.js";

describe("upgrade", () => {
  test("from 1: the target gets room for options, the rest stays as it is", () => {
    const rest = { tool: "manifest-chaos 0.1.0", verdict: {}, plan: { clients: [] }, history: [{ client: "w0" }] };
    expect(upgrade({ version: 1, target: "lost-update", ...rest })).toEqual({
      version: TRACE_VERSION,
      target: { id: "lost-update", options: {} },
      ...rest,
    });
  });

  test("the present version is left alone", () => {
    const trace = { version: TRACE_VERSION, target: { id: "manifest", options: {} } };
    expect(upgrade(trace)).toBe(trace);
  });

  test("every version from 1 on comes up to the present one, whatever is in it", () => {
    for (let version = 1; version <= TRACE_VERSION; version += 1) {
      expect(upgrade({ version })["version"]).toBe(TRACE_VERSION);
    }
  });

  test.each([0, 0.5, -1, TRACE_VERSION + 1])("there was never a version %d", (version) => {
    expect(() => upgrade({ version })).toThrow(RangeError);
  });
});
