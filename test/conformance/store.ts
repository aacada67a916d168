// S3's contract as a suite: the same cases for every store behind the door, simulated, in process or real.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Send } from "../../src/store/request.js";
import { benchIn, type Case } from "./bench.js";
import { conditionCases } from "./conditions.js";
import { objectCases } from "./content.js";
import { listCases } from "./lists.js";

export interface OpenStore {
  readonly send: Send;
  /** All of the suite's keys start so. */
  readonly prefix: string;
  readonly close: () => Promise<void>;
}

export interface ConformanceOptions {
  /** Cases, by their titles, in which the store is known to differ from S3, and how. */
  readonly differs?: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [...conditionCases, ...objectCases, ...listCases];

/** Declares the suite for one store. */
export function storeConformance(
  name: string,
  open: () => Promise<OpenStore>,
  { differs = {} }: ConformanceOptions = {},
): void {
  describe(`S3's contract: ${name}`, () => {
    let store: OpenStore | undefined;
    beforeAll(async () => {
      store = await open();
    }, 60_000);
    afterAll(async () => store?.close());

    test("known differences are named after cases", () => {
      const titles = new Set(cases.map(([title]) => title));
      expect(Object.keys(differs).filter((title) => !titles.has(title))).toEqual([]);
      expect(titles.size).toBe(cases.length);
    });

    cases.forEach(([title, run], index) => {
      const reason = differs[title];
      if (reason !== undefined) {
        // Skipped: this store is known to differ here; the title says how.
        test.skip(`${title} (skipped: ${reason})`, () => expect.unreachable());
        return;
      }
      test(title, async () => {
        expect.hasAssertions();
        if (store === undefined) throw new Error("the store is not open");
        await run(benchIn(store.send, `${store.prefix}${index}/`));
      });
    });
  });
}
