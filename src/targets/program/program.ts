// A target that is a program: its processes, the endpoint that they talk to, and who is who.
import { systemClock } from "../../store/clock.js";
import type { Program } from "../target.js";
import { type Probed, probeClock } from "./clock-probe.js";
import { Pool, type PoolOptions } from "./pool.js";
import { type Habits, type Patience, Seat } from "./seat.js";

export interface ProgramOptions extends Omit<PoolOptions, "faking">, Patience {
  /** False: its processes go by the machine's clock. Else by the plan's, where that can be done. */
  readonly setClocks: boolean;
}

/** Starts one process to see whether it speaks, and asks what it can do. Rejects with ProgramError. */
export async function openProgram(options: ProgramOptions): Promise<Program> {
  const { says, faking } = options.setClocks ? await probeClock(options) : THE_MACHINES;
  const pool = new Pool({ ...options, faking });
  const { name, ops } = await pool.open();
  const seats = new Map<number, Seat>();
  const habits: Habits = { concurrent: false };
  let offsetMs: number | undefined;
  const dated = (date: number): number => {
    offsetMs ??= Math.floor(systemClock.now() / 1000) * 1000 - date;
    return offsetMs;
  };
  return {
    id: "program",
    says: `${name}: ${options.command}`,
    program: {
      command: options.command,
      name,
      ops,
      settleMs: options.settleMs,
      clocks: { set: faking !== undefined, says },
    },
    open: ({ prefix, leaseTtlMs }, door) => {
      if (door === undefined) throw new TypeError("a program needs the world's own door");
      const before = seats.get(door.client);
      if (before !== undefined) pool.crash(before);
      const folder = prefix.replace(/\/$/, "");
      const { process, opened } = pool.take(folder, leaseTtlMs);
      const seat = new Seat(process, door, options, habits, dated);
      seats.set(door.client, seat);
      pool.assign(process, seat);
      return seat.client(opened);
    },
    begin: (clients, fresh) => pool.begin(clients, fresh),
    hold: (client, still) => seats.get(client)?.hold(still),
    end: () => {
      offsetMs = undefined;
      const logs = [...seats].map(([client, seat]) => ({ client, text: pool.release(seat) }));
      seats.clear();
      return logs;
    },
    close: () => pool.close(),
  };
}

// --- internal ---

const THE_MACHINES: Probed = { says: "the machine's, as recorded", faking: undefined };
