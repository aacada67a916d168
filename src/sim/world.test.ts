import { describe, expect, test } from "vitest";
import { seededRandom } from "../store/random.js";
import type { StoreRequest } from "../store/request.js";
import type { Ruling } from "../store/ruling.js";
import { SimulatedStore } from "../store/simulated.js";
import { strategies } from "./strategies/index.js";
import { type Departure, replay } from "./strategies/replay.js";
import type { Strategy } from "./waiting.js";
import { type Told, World } from "./world.js";

type Rule = (client: number, request: StoreRequest) => { kind: string; ruling: Ruling } | undefined;

/** Two clients, each with three PUTs of one key; what the store saw, and what the clients heard. */
async function play(strategy: Strategy, rule: Rule = () => undefined, asynchronous = false) {
  const clock = { nowMs: 0, stepMs: 10 };
  const store = new SimulatedStore({ now: () => clock.nowMs });
  const seen: Told[] = [];
  const heard: string[] = [];
  const world: World = new World({
    clock,
    clients: 2,
    strategy,
    apply: asynchronous ? async (request) => store.apply(request) : (request) => store.apply(request),
    rule,
    onApplied: (told) => seen.push(told),
    onCrash: (client) => heard.push(`${client} died`),
    stepsMax: 1000,
  });
  for (const client of [0, 1]) {
    const door = world.door(client, 0);
    world.start(client, async () => {
      for (let i = 0; i < 3; i += 1) {
        const { status } = await door.send({ method: "PUT", key: `k${client}`, body: `${i}` });
        heard.push(`${client}:${i}:${status}`);
      }
    });
  }
  await world.run();
  return {
    lanes: world.lanes,
    heard,
    seen: seen.map(({ step, client, fault }) => `${step}:${client}${fault === undefined ? "" : `:${fault}`}`),
    clock,
  };
}

describe.each(Object.entries(strategies))("strategy %s", (_name, make) => {
  test("the same seed makes the same run, and its lanes replay it", async () => {
    const first = await play(make(seededRandom(7)));
    expect(await play(make(seededRandom(7)))).toEqual(first);
    expect(await play(replay(first.lanes))).toEqual(first);
    expect(first.lanes).toHaveLength(6);
  });

  test("a store that answers later changes nothing", async () => {
    expect(await play(make(seededRandom(3)), undefined, true)).toEqual(await play(make(seededRandom(3))));
  });
});

test("strategies differ: seeds of the random ones make more than one schedule", async () => {
  for (const name of ["pos", "sticky", "pct", "uniform"]) {
    const make = strategies[name];
    const schedules = new Set<string>();
    for (let seed = 0; seed < 20; seed += 1)
      if (make !== undefined) schedules.add((await play(make(seededRandom(seed)))).lanes.join());
    expect(schedules.size, name).toBeGreaterThan(1);
  }
});

describe("replay", () => {
  test("says where the recorded lane does not wait, and goes on with whoever went last", async () => {
    let departure: Departure | undefined;
    const { lanes } = await play(
      replay([1, 1, 1, 1, 0], (told) => {
        departure = told;
      }),
    );
    expect(departure).toEqual({ step: 3, lane: 1 });
    expect(lanes).toEqual([1, 1, 1, 0, 0, 0]);
  });
});

describe("rulings", () => {
  const once = (client: number, ruling: Ruling): Rule => {
    let done = false;
    return (who) => {
      if (done || who !== client) return undefined;
      done = true;
      return { kind: "test", ruling };
    };
  };
  const lost = { status: 0, code: "Timeout" };
  const inOrder = () => replay([0, 0, 0, 0, 1, 1, 1, 1]);

  test.each([
    ["no", [], "0:0:0"],
    ["once", ["0:0:test"], "0:0:0"],
    ["twice", ["0:0:test", "0:0:test"], "0:0:0"],
  ] as const)("apply %s", async (apply, applied, firstHeard) => {
    const { seen, heard } = await play(inOrder(), once(0, { apply, answer: () => lost }));
    expect(seen.filter((told) => told.startsWith("0:"))).toEqual(applied);
    expect(heard[0]).toBe(firstHeard);
  });

  test("later: a lane of its own, after all clients'", async () => {
    const { seen, heard } = await play(replay([0, 0, 0, 2, 1, 1, 1]), once(0, { apply: "later", answer: () => lost }));
    expect(seen).toContain("3:0:zombie");
    expect(heard.slice(0, 3)).toEqual(["0:0:0", "0:1:200", "0:2:200"]);
  });

  test("crash: the client hears nothing more", async () => {
    const { heard } = await play(inOrder(), once(0, { apply: "once", answer: () => lost, crash: true }));
    expect(heard).toEqual(["0 died", "1:0:200", "1:1:200", "1:2:200"]);
  });

  test("pause: the clock jumps and the others go first", async () => {
    const { lanes, clock } = await play(
      replay([0, 0, 0, 0]),
      once(0, { apply: "once", answer: () => lost, pause: { ms: 9000, steps: 3 } }),
    );
    expect(lanes).toEqual([0, 1, 1, 0, 0, 0, 1]);
    expect(clock.nowMs).toBe(9000 + 7 * 10);
  });

  test.each([
    ["no", []],
    ["once", ["0:0:test"]],
    ["later", ["1:0:zombie"]],
  ] as const)("hang, applied %s: the client never hears anything, and the run ends", async (apply, applied) => {
    const order = replay([0, 2, 1, 1, 1]);
    const { seen, heard } = await play(order, once(0, { apply, answer: () => lost, hang: true }));
    expect(seen.filter((told) => told.includes(":0:"))).toEqual(applied);
    expect(heard).toEqual(["1:0:200", "1:1:200", "1:2:200"]);
  });

  test("a skewed clock is the client's own and stays wrong when the client comes back", async () => {
    const clock = { nowMs: 0, stepMs: 10 };
    const world: World = new World({
      clock,
      clients: 2,
      strategy: replay([]),
      apply: () => ({ status: 200 }),
      rule: once(0, { apply: "once", answer: () => lost, skewMs: -700, crash: true }),
      onApplied: () => undefined,
      onCrash: (client) => shown.push(world.door(client, 5).clock.now()),
      stepsMax: 10,
    });
    const shown = [world.door(0, 5).clock.now()];
    world.start(0, async () => void (await world.door(0, 5).send({ method: "GET", key: "a" })));
    await world.run();
    expect(shown).toEqual([5, 10 + 5 - 700]);
    expect(world.door(1, 5).clock.now()).toBe(10 + 5);
  });
});
