// Each promise is kept by the simulated store, and each personality is caught by the promise that it breaks.
import { describe, expect, test } from "vitest";
import { withPersonalities } from "../personalities/index.js";
import type { Send } from "../request.js";
import { SimulatedStore } from "../simulated.js";
import { probe, promises } from "./index.js";

const START_MS = 1_700_000_000_000;

function storeWith(names: readonly string[]): { readonly store: SimulatedStore; readonly send: Send } {
  const store = new SimulatedStore({ now: () => START_MS });
  const apply = withPersonalities((request) => store.apply(request), names);
  return { store, send: async (request) => apply(request) };
}

const broken = async (names: readonly string[]): Promise<readonly string[]> =>
  (await probe(storeWith(names).send, "p/")).filter(({ kept }) => kept === false).map(({ name }) => name);

test("a store by the book keeps them all, and nothing is left", async () => {
  const { store, send } = storeWith([]);
  const found = await probe(send, "p/");
  expect(found.map(({ name, kept }) => [name, kept])).toEqual(promises.map(({ name }) => [name, true]));
  expect(store.content()).toEqual([]);
});

describe("a store that breaks its word is caught", () => {
  test.each([
    ["precondition-ignored", "put-if-none-match"],
    ["precondition-ignored", "put-if-match"],
    ["precondition-ignored", "racing-put-if-none-match"],
    ["stale-get", "read-after-write"],
    ["conditional-delete-ignored", "delete-if-match"],
    ["stale-list", "list-after-write"],
    ["truncated-list", "list-pages"],
  ])("%s breaks %s", async (personality, promise) => {
    expect(await broken([personality])).toContain(promise);
  });
});

test("a store that does not answer is unknown, and said to be", async () => {
  const found = await probe(async () => ({ status: 0, code: "Timeout" }), "p/");
  const conditional = found.filter(({ name }) => name.startsWith("racing"));
  expect(conditional.map(({ kept }) => kept)).toEqual([null, null]);
});

describe("a store that is busy now and then", () => {
  const busyEvery = (every: number, names: readonly string[] = []): Send => {
    const { send } = storeWith(names);
    let asked = 0;
    return async (request) => {
      asked += 1;
      return asked % every === 0 ? { status: 503, code: "SlowDown" } : send(request);
    };
  };

  test("breaks no promise: those of a few requests are kept, the others are unknown", async () => {
    const found = await probe(busyEvery(10), "p/");
    expect(found.filter(({ kept }) => kept === false)).toEqual([]);
    const unknown = found.filter(({ kept }) => kept === null);
    expect(unknown.map(({ name }) => name)).toContain("racing-put-if-match");
    expect(found.filter(({ kept }) => kept === true).map(({ name }) => name)).toContain("put-if-match");
    expect(unknown[0]?.detail).toContain("requests had no definite answer (503), at each of 5 tries");
  });

  test("and a promise that is broken all the same is found broken", async () => {
    const found = await probe(busyEvery(30, ["conditional-delete-ignored"]), "p/");
    expect(found.find(({ name }) => name === "delete-if-match")).toMatchObject({ kept: false });
  });
});
