// One client of a run whose target is a program: what the process is asked and answers, and what it sends through the
// HTTP door, put together so that the scheduler knows at any time whether the client runs, waits, or is busy by itself.
import { after, systemClock } from "../../store/clock.js";
import type { StoreRequest, StoreResponse } from "../../store/request.js";
import type { Client, ProgramDoor } from "../target.js";
import { askingClient } from "./asking.js";
import type { TargetProcess } from "./process.js";
import type { Reply } from "./protocol.js";
import { whenQuiet } from "./quiet.js";

export interface Patience {
  /** A client that has neither answered nor asked for so long is not waited for. Milliseconds. */
  readonly settleMs: number;
  /** A client that has done neither for so long hangs. Milliseconds. */
  readonly hangMs: number;
}

/** What is known of a target, whichever of its processes showed it. */
export interface Habits {
  /** It has had two requests of one client on their way at once. */
  concurrent: boolean;
}

/** By then it has woken up for what it was sent. Milliseconds. */
const WAKE_MS = 3;

export class Seat {
  private parked = 0;
  private calm: () => void = () => undefined;
  private closed = false;

  constructor(
    private readonly process: TargetProcess,
    private readonly door: ProgramDoor,
    private readonly patience: Patience,
    private readonly habits: Habits,
    /** The wire's time is the machine's: so much is added to the plan's. Known from the first answer on. */
    private readonly offsetMs: (date: number) => number,
  ) {
    process.client = door.name;
  }

  /** One request of the process; the answer when the scheduler has released it. */
  async receive(request: StoreRequest): Promise<StoreResponse> {
    this.calm();
    const answer = this.door.post(request);
    this.parked += 1;
    if (this.parked > 1) this.habits.concurrent = true;
    if (this.habits.concurrent) this.calm = this.whenQuiet();
    else this.door.settle(false);
    const response = await answer;
    this.parked -= 1;
    this.setClock();
    this.expect();
    return this.dated(response);
  }

  /** The client's operations. */
  client(opened: Promise<unknown>): Client {
    return askingClient(async (request) => {
      await opened;
      // The run is over, and the process may be somebody else's by now.
      if (this.closed) return new Promise(() => undefined);
      return this.ask(request);
    });
  }

  /** True while requests of the process wait here. */
  get waiting(): boolean {
    return this.parked > 0;
  }

  hold(still: boolean): void {
    if (!still) this.setClock();
    this.process.hold(still);
  }

  /** Nothing that the process does from now on belongs to this client. */
  close(): void {
    this.closed = true;
    this.calm();
  }

  // --- internal ---

  private ask(request: { readonly op: string }): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.setClock();
      const asked = this.process.ask(request);
      this.expect();
      const then = (deliver: () => void) => (): void => {
        if (this.closed) return;
        this.calm();
        this.door.resume(deliver);
      };
      asked.then(
        (reply) => then(() => resolve(reply))(),
        (error) => then(() => reject(error))(),
      );
    });
  }

  /** Settled as soon as it has sent all that it sends in one go. Returns how to call it off. */
  private whenQuiet(): () => void {
    return whenQuiet(
      () => this.process.isAsleep,
      () => this.door.settle(false),
    );
  }

  /** Its own clock goes on with the plan's, and the machine's in between. */
  private setClock(): void {
    const { clock } = this.process;
    if (this.closed || clock === undefined) return;
    const { store, own } = this.door.times();
    clock.set(own + this.offsetMs(store) - systemClock.now());
  }

  /** The client has just been given something to go on with: it answers, or asks, or is busy by itself. */
  private expect(): void {
    this.calm();
    const { settleMs, hangMs } = this.patience;
    // It waits for the answers to its other requests, most likely.
    if (this.parked > 0) {
      this.calm = after(Math.min(WAKE_MS, settleMs), () => {
        this.calm = this.whenQuiet();
      });
      return;
    }
    this.calm = after(settleMs, () => {
      const busy = this.process.busy && this.parked === 0;
      this.door.settle(busy);
      if (!busy) return;
      this.calm = after(hangMs, () =>
        this.process.breakOff(`hangs: in ${settleMs + hangMs} ms it has neither answered nor sent a request`),
      );
    });
  }

  private dated(response: StoreResponse): StoreResponse {
    const { date, lastModified, page } = response;
    if (date === undefined && lastModified === undefined) return response;
    const offsetMs = this.offsetMs(date ?? lastModified ?? 0);
    return {
      ...response,
      ...(date === undefined ? {} : { date: date + offsetMs }),
      ...(lastModified === undefined ? {} : { lastModified: lastModified + offsetMs }),
      ...(page === undefined
        ? {}
        : {
            page: {
              ...page,
              entries: page.entries.map((entry) => ({ ...entry, lastModified: entry.lastModified + offsetMs })),
            },
          }),
    };
  }
}
