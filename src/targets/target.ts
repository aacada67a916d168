// A target: one client of a manifest, opened anew for each life. In process it is this interface.
import type { Environment } from "../manifest/core.js";
import type { Manifest } from "../manifest/manifest.js";
import type { Send } from "../store/request.js";

/** The operations of the target protocol. */
export type Client = Manifest;

export interface Target {
  /** The name for `--target`. */
  readonly id: string;
  /** One sentence on what it is. */
  readonly says: string;
  /** Which class of real bugs a planted one belongs to, and where that happened. */
  readonly bug?: { readonly class: number; readonly happenedIn: string };
  readonly open: (env: Environment, door?: ProgramDoor) => Client;
}

/** A target whose clients are processes, one each. */
export interface Program extends Target {
  readonly program: ProgramFacts;
  /** A run of so many clients begins; in fresh processes alone if `fresh`. Returns the prefix for its objects. */
  readonly begin: (clients: number, fresh: boolean) => string;
  /** Stops a client's process where it stands, or lets it go on. */
  readonly hold: (client: number, still: boolean) => void;
  /** The run is over. Returns the end of what each client wrote to stderr. */
  readonly end: () => readonly Log[];
  /** Ends all processes. */
  readonly close: () => Promise<void>;
}

export interface Log {
  readonly client: number;
  readonly text: string;
}

/** What a trace has to say to run the program again, and what the program says of itself. */
export interface ProgramFacts {
  readonly command: string;
  readonly name: string;
  readonly ops: readonly string[];
  readonly settleMs: number;
  /** Whether its processes' own clocks can be set: "the plan's ...", or "the machine's ..." and why. */
  readonly clocks: { readonly set: boolean; readonly says: string };
}

/** What a process needs of the scheduler beside a way to the store (see `ProcessDoor` in src/sim/process-door.ts). */
export interface ProgramDoor {
  /** The client's number in the plan, and its name. */
  readonly client: number;
  readonly name: string;
  readonly post: Send;
  readonly settle: (busy: boolean) => void;
  readonly resume: (then: () => void) => void;
  /** The plan's time, and the client's own as a fault or a skew has it. Milliseconds. */
  readonly times: () => { readonly store: number; readonly own: number };
}

export const isProgram = (target: Target): target is Program => "program" in target;
