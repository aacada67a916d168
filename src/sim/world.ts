// The simulated world: clients as async functions, every request of theirs parked at the door, one released at a time.
import type { Send, StoreRequest, StoreResponse } from "../store/request.js";
import { Activity } from "./activity.js";
import { clientOf, spread } from "./lanes.js";
import type { ProcessDoor } from "./process-door.js";
import type { Waiting } from "./waiting.js";
import type { Door, WorldOptions } from "./world-options.js";

export type { Door, StoreClock, Told, WorldOptions } from "./world-options.js";

interface Parked extends Waiting {
  lane: number;
  readonly client: number;
  readonly life: number;
  /** A paused client's request: it has been ruled on. It may go from step `heldUntil` on. */
  paused: boolean;
  heldUntil: number;
  dueMs: number;
  readonly resolve: (response: StoreResponse) => void;
}

const NOTHING: StoreResponse = { status: 0, code: "Timeout" };
/** Timed runs: a zombie is so many travels late. */
const LATE = 50;
const unheard = (): void => undefined;

export class World {
  /** The lanes that were chosen, in order: the schedule of this run. */
  readonly lanes: number[] = [];
  exhausted = false;
  /** In the order of lanes, so that no choice depends on who came to the door first. */
  private readonly parked: Parked[] = [];
  private readonly births: (() => void)[] = [];
  private readonly lives: number[];
  /** How far faults have moved each client's own clock. It is the machine's: a restart doesn't set it right. */
  private readonly skews: number[];
  private nextLane: number;
  private stepsMax: number;
  /** Who runs now. A step is taken when nobody does. */
  private readonly activity: Activity;
  private pumping = false;
  private finish: (() => void) | undefined;

  constructor(private readonly options: WorldOptions) {
    this.lives = Array.from({ length: options.clients }, () => 0);
    this.skews = Array.from({ length: options.clients }, () => 0);
    this.activity = new Activity(options.clients);
    this.nextLane = options.clients;
    this.stepsMax = options.stepsMax;
  }

  /** A door for the client's present life. `skewMs` is how far its own clock is off. One request may be in flight at a time. */
  door(client: number, skewMs: number): Door {
    const life = this.lives[client] ?? 0;
    const { clock, travelMs } = this.options;
    const park = (request: StoreRequest | undefined, dueMs: number, settled = true): Promise<StoreResponse> =>
      new Promise((resolve) => {
        if (this.lives[client] !== life) return;
        const kind = request === undefined ? "alarm" : "request";
        this.add({
          lane: client,
          kind,
          request,
          rank: undefined,
          client,
          life,
          paused: false,
          heldUntil: 0,
          dueMs,
          resolve,
        });
        if (settled) this.activity.rest(client);
        else spread(this.parked, client);
        this.pump();
      });
    const now = (): number => clock.nowMs + skewMs + (this.skews[client] ?? 0);
    return {
      ...this.processDoor(client, life, (request) => park(request, 0, false)),
      times: () => ({ store: clock.nowMs, own: now() }),
      send: (request) => park(request, travelMs === undefined ? 0 : clock.nowMs + travelMs(client, request)),
      clock: {
        now,
        sleep: async (ms) => {
          await park(undefined, clock.nowMs + ms);
        },
      },
    };
  }

  /**
   * Starts a life of a client, as soon as nobody else runs: so that never two clients run at once, and what they note
   * down is in one order however long each takes. It runs until its promise settles or it waits at its door.
   */
  start(client: number, life: () => Promise<void>): void {
    const born = this.lives[client];
    this.births.push(() => {
      this.activity.run(client);
      void life().then(() => {
        if (this.lives[client] !== born) return;
        this.activity.rest(client);
        this.pump();
      });
    });
    this.pump();
  }

  /** From now on, so many steps at most. */
  limit(steps: number): void {
    this.stepsMax = this.lanes.length + steps;
  }

  /** Runs until nobody waits and nobody runs, or the steps are used up. */
  run(): Promise<void> {
    return new Promise((resolve) => {
      this.finish = resolve;
      this.pump();
    });
  }

  // --- internal ---

  private processDoor(client: number, life: number, post: Send): Omit<ProcessDoor, "times"> {
    const current = (): boolean => this.lives[client] === life;
    return {
      post,
      settle: (busy) => {
        if (!current()) return;
        this.activity.settle(client, busy);
        this.pump();
      },
      resume: (then) => {
        if (!current()) return;
        if (this.activity.runs(client)) then();
        else
          this.births.push(() => {
            if (!current()) return;
            this.activity.run(client);
            then();
          });
        this.pump();
      },
    };
  }

  /** Steps as long as everybody waits. Sound because a client has one request in flight:
   * when none runs, all that can be chosen from is there. */
  private pump(): void {
    if (this.pumping || this.finish === undefined) return;
    this.pumping = true;
    while (this.activity.running === 0 && !this.exhausted) {
      const birth = this.births.shift();
      if (birth !== undefined) birth();
      else if (this.parked.length > 0 && !this.awaited()) this.step();
      else break;
    }
    this.pumping = false;
    if (this.exhausted || (this.activity.calm && this.parked.length === 0)) {
      const { finish } = this;
      this.finish = undefined;
      finish();
    }
  }

  /** True where a recorded schedule goes on with a client that is busy by itself: it will come. */
  private awaited(): boolean {
    if (this.activity.busy === 0) return false;
    const lane = this.options.strategy.wanted?.();
    if (lane === undefined || this.parked.some((entry) => entry.lane === lane)) return false;
    return this.activity.isBusy(clientOf(lane));
  }

  private step(): void {
    const { strategy, clock } = this.options;
    const step = this.lanes.length;
    if (step >= this.stepsMax) {
      this.exhausted = true;
      return;
    }
    const ready = this.ready(step);
    const entry = ready[strategy.pick(ready)];
    if (entry === undefined) throw new RangeError("a strategy chose an index outside of what waits");
    this.lanes.push(entry.lane);
    clock.nowMs = Math.max(clock.nowMs + clock.stepMs, entry.dueMs);
    if (entry.kind === "alarm") this.answer(entry, NOTHING);
    else if (entry.kind === "zombie") this.apply(entry, step, "zombie", unheard);
    else this.judge(entry, step);
  }

  /** All that may go now; if everything is held back, the pauses end. */
  private ready(step: number): readonly Parked[] {
    if (this.parked.every((entry) => entry.heldUntil <= step)) return this.parked;
    const free = this.parked.filter((entry) => entry.heldUntil <= step);
    return free.length > 0 ? free : this.parked;
  }

  private judge(entry: Parked, step: number): void {
    const { request, client } = entry;
    if (request === undefined) return;
    if (entry.paused) this.options.onHold?.(client, false);
    const struck = entry.paused ? undefined : this.options.rule(client, request);
    if (struck === undefined) {
      this.apply(entry, step, undefined, (response) => this.answer(entry, response));
      return;
    }
    const { kind, ruling } = struck;
    if (ruling.skewMs !== undefined) this.skews[client] = (this.skews[client] ?? 0) + ruling.skewMs;
    if (ruling.pause !== undefined) {
      entry.paused = true;
      if (this.options.travelMs !== undefined) {
        entry.dueMs = this.options.clock.nowMs + ruling.pause.ms;
        return;
      }
      this.options.clock.nowMs += ruling.pause.ms;
      entry.heldUntil = step + ruling.pause.steps;
      this.options.onHold?.(client, true);
      return;
    }
    if (ruling.crash === true) this.kill(client);
    if (ruling.apply === "later") this.haunt(entry);
    const heard = (own: StoreResponse | undefined): void => {
      if (ruling.crash !== true && ruling.hang !== true) this.answer(entry, ruling.answer(own, request));
    };
    if (ruling.apply === "no" || ruling.apply === "later") {
      this.remove(entry);
      heard(undefined);
    } else this.apply(entry, step, kind, ruling.apply === "once" ? heard : () => this.apply(entry, step, kind, heard));
    if (ruling.crash === true) this.options.onCrash(client);
  }

  /** Lets the store apply the request of a waiting entry, and passes its answer on. */
  private apply(entry: Parked, step: number, fault: string | undefined, then: (response: StoreResponse) => void): void {
    const { request, client } = entry;
    if (request === undefined) return;
    this.remove(entry);
    const told = (response: StoreResponse): void => {
      this.options.onApplied({ step, client, request, response, fault });
      then(response);
    };
    const response = this.options.apply(request);
    if (!(response instanceof Promise)) {
      told(response);
      return;
    }
    this.activity.running += 1;
    void response.then((answer) => {
      this.activity.running -= 1;
      told(answer);
      this.pump();
    });
  }

  private answer(entry: Parked, response: StoreResponse): void {
    this.remove(entry);
    if (this.lives[entry.client] !== entry.life) return;
    this.activity.run(entry.client);
    entry.resolve(response);
  }

  private kill(client: number): void {
    this.lives[client] = (this.lives[client] ?? 0) + 1;
    this.activity.rest(client);
    // What else it had on its way is gone with it.
    for (const entry of this.parked.filter((other) => other.client === client && other.kind !== "zombie"))
      this.remove(entry);
  }

  /** The request stays on its way after its client has given it up. */
  private haunt(entry: Parked): void {
    const { clock, travelMs } = this.options;
    const dueMs =
      travelMs === undefined || entry.request === undefined
        ? 0
        : clock.nowMs + LATE * travelMs(entry.client, entry.request);
    this.add({ ...entry, lane: this.nextLane, kind: "zombie", rank: undefined, heldUntil: 0, dueMs });
    this.nextLane += 1;
  }

  private add(entry: Parked): void {
    let at = this.parked.length;
    while (at > 0 && (this.parked[at - 1]?.lane ?? 0) > entry.lane) at -= 1;
    this.parked.splice(at, 0, entry);
  }

  private remove(entry: Parked): void {
    const index = this.parked.indexOf(entry);
    if (index >= 0) this.parked.splice(index, 1);
  }
}
