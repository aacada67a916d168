import { describe, expect, test } from "vitest";
import { conditionalRequestConflict, timedOut } from "./failure.js";
import type { Send, StoreRequest, StoreResponse } from "./request.js";
import { SimulatedStore } from "./simulated.js";
import { type Upstream, upstream } from "./upstream.js";

/** A real store lives in its own time; the plan's clock starts at 10.5 s. */
function setUp() {
  const real = new SimulatedStore({ now: () => 1_800_000_000_000 });
  const clock = { ms: 10_500 };
  const apply: Send = async (request) => real.apply(request);
  return { real, clock, apply, door: upstream(apply, () => clock.ms) };
}

const put = (door: Upstream, key: string, body: string, extra: Partial<StoreRequest> = {}) =>
  door.send({ method: "PUT", key, body, ...extra });
const get = (door: Upstream, key: string) => door.send({ method: "GET", key });
const remove = (door: Upstream, key: string) => door.send({ method: "DELETE", key });

/** A store that answers only when told to. */
function held(apply: Send) {
  const waiting: (() => void)[] = [];
  const send: Send = async (request) => {
    const response = await apply(request);
    await new Promise<void>((resolve) => waiting.push(resolve));
    return response;
  };
  return { send, waiting };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("time", () => {
  test("every answer has the plan's whole second", async () => {
    const { door, clock } = setUp();
    expect(await put(door, "k", "one")).toMatchObject({ status: 200, date: 10_000 });
    clock.ms = 12_999;
    expect(await get(door, "k")).toMatchObject({ date: 12_000 });
    expect(await get(door, "none")).toMatchObject({ status: 404, date: 12_000 });
    expect(await door.send({ method: "LIST", key: "" })).toMatchObject({ date: 12_000 });
    expect(await remove(door, "k")).toMatchObject({ status: 204, date: 12_000 });
  });

  test("no answer has no date", async () => {
    const door = upstream(
      async () => timedOut,
      () => 10_500,
    );
    expect(await get(door, "k")).toEqual(timedOut);
  });

  test("the date is that of the answer, not of the request", async () => {
    const { apply, clock } = setUp();
    const { send, waiting } = held(apply);
    const door = upstream(send, () => clock.ms);
    const answer = get(door, "k");
    await settle();
    clock.ms = 20_000;
    waiting[0]?.();
    expect(await answer).toMatchObject({ date: 20_000 });
  });

  test("lastModified is the time of the last PUT that was done, in GET, HEAD and LIST", async () => {
    const { door, clock } = setUp();
    await put(door, "a", "one");
    clock.ms = 20_700;
    await put(door, "a", "two");
    clock.ms = 30_000;
    await put(door, "b", "three");
    expect((await put(door, "a", "four", { ifNoneMatch: "*" })).status).toBe(412);
    expect(await get(door, "a")).toMatchObject({ lastModified: 20_000 });
    expect(await door.send({ method: "HEAD", key: "a" })).toMatchObject({ lastModified: 20_000 });
    const { page } = await door.send({ method: "LIST", key: "" });
    expect(page?.entries.map(({ key, lastModified }) => [key, lastModified])).toEqual([
      ["a", 20_000],
      ["b", 30_000],
    ]);
  });

  test("the same bytes written again are new", async () => {
    const { door, clock } = setUp();
    await put(door, "a", "one");
    clock.ms = 20_000;
    await put(door, "a", "two");
    clock.ms = 30_000;
    await put(door, "a", "one");
    expect(await get(door, "a")).toMatchObject({ body: "one", lastModified: 30_000 });
  });

  test("what the door has not written is as old as the door", async () => {
    const { real, door, clock } = setUp();
    real.apply({ method: "PUT", key: "a", body: "foreign" });
    clock.ms = 99_000;
    expect(await get(door, "a")).toMatchObject({ lastModified: 10_000 });
  });

  test("a PUT whose answer was lost is as old as that loss, where it was applied, and changes nothing where not", async () => {
    const { apply, clock } = setUp();
    const lost = new Set<string>();
    const door = upstream(
      async (request) => {
        if (request.method !== "PUT" || !lost.has(request.key)) return apply(request);
        if (request.key === "applied") await apply(request);
        return timedOut;
      },
      () => clock.ms,
    );
    for (const key of ["applied", "dropped"]) {
      await put(door, key, "one");
      lost.add(key);
    }
    clock.ms = 20_000;
    await put(door, "applied", "two");
    await put(door, "dropped", "two");
    clock.ms = 30_000;
    expect(await get(door, "applied")).toMatchObject({ body: "two", lastModified: 20_000 });
    expect(await get(door, "dropped")).toMatchObject({ body: "one", lastModified: 10_000 });
  });

  test("an object can be read before its writer has the answer", async () => {
    const { apply, clock } = setUp();
    const { send, waiting } = held(apply);
    const door = upstream(
      (request) => (request.method === "PUT" ? send(request) : apply(request)),
      () => clock.ms,
    );
    clock.ms = 40_000;
    const writing = put(door, "a", "one");
    await settle();
    expect(await get(door, "a")).toMatchObject({ body: "one", lastModified: 40_000 });
    waiting[0]?.();
    expect((await writing).status).toBe(200);
  });
});

describe("created", () => {
  test("is what was PUT and not deleted", async () => {
    const { real, door } = setUp();
    real.apply({ method: "PUT", key: "foreign", body: "x" });
    await put(door, "a", "one");
    await put(door, "b", "one");
    await put(door, "foreign", "mine", { ifNoneMatch: "*" });
    await get(door, "foreign");
    await remove(door, "b");
    expect(door.created()).toEqual(["a"]);
    await put(door, "b", "again");
    expect([...door.created()].sort()).toEqual(["a", "b"]);
  });

  test.each([
    ["no answer", timedOut, ["a"]],
    ["500", { status: 500, code: "InternalError" }, ["a"]],
    ["503", { status: 503, code: "SlowDown" }, ["a"]],
    ["409", conditionalRequestConflict, []],
    ["412", { status: 412, code: "PreconditionFailed" }, []],
  ] as const)("after a PUT with %s", async (_, response: StoreResponse, created) => {
    const door = upstream(
      async () => response,
      () => 0,
    );
    await put(door, "a", "one");
    expect(door.created()).toEqual(created);
  });

  test("keeps a key whose DELETE failed or was refused", async () => {
    const { apply } = setUp();
    const answers: StoreResponse[] = [timedOut, { status: 412, code: "PreconditionFailed" }];
    const door = upstream(
      async (request) => (request.method === "DELETE" ? (answers.shift() ?? timedOut) : apply(request)),
      () => 0,
    );
    await put(door, "a", "one");
    await remove(door, "a");
    await remove(door, "a");
    expect(answers).toEqual([]);
    expect(door.created()).toEqual(["a"]);
  });

  test("keeps a key whose lost PUT may land after the DELETE", async () => {
    const { apply } = setUp();
    const door = upstream(
      async (request) => (request.method === "PUT" ? timedOut : apply(request)),
      () => 0,
    );
    await put(door, "a", "one");
    expect((await remove(door, "a")).status).toBe(204);
    expect(door.created()).toEqual(["a"]);
  });

  test("counts a PUT that is on its way, and no DELETE beside one", async () => {
    const { apply } = setUp();
    const { send, waiting } = held(apply);
    const door = upstream(send, () => 0);
    const both = [remove(door, "a"), put(door, "a", "one")];
    await settle();
    expect(door.created()).toEqual(["a"]);
    waiting[1]?.();
    waiting[0]?.();
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([204, 200]);
    expect(door.created()).toEqual(["a"]);
  });
});
