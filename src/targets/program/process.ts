// One process of a target: started, asked one thing at a time, stopped, killed. Its output is bounded, whatever it writes.
import { type ChildProcess, spawn } from "node:child_process";
import { after } from "../../store/clock.js";
import { isAsleep } from "./asleep.js";
import type { OwnClock } from "./own-clock.js";
import { ProgramError, type Ready, type Reply, readyOf, replyOf } from "./protocol.js";

export interface ProcessOptions {
  /** A command line for the shell. */
  readonly command: string;
  /** What it finds in its environment beside ours. */
  readonly env: Readonly<Record<string, string>>;
  /** How long it may take until its first line, milliseconds. */
  readonly startMs: number;
  /** Its own clock, where that can be set. */
  readonly clock?: OwnClock;
}

/** The longest line that a target may write: a scan of many keys fits. */
const LINE_MAX = 16 * 1024 * 1024;
/** What is kept of stderr: the end of it. */
const LOG_MAX = 64 * 1024;
/** Lines of stderr in a message. */
const LAST_LINES = 10;
const SHOWN_MAX = 300;

/**
 * The user's own credentials are none of its business: with a session token of theirs its requests would be signed with
 * half of each, and a profile comes before the keys in some SDKs. (A variable that is undefined is left out.)
 */
const NOT_FOR_IT = {
  AWS_SESSION_TOKEN: undefined,
  AWS_SECURITY_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_DEFAULT_PROFILE: undefined,
};

interface Asked {
  readonly id: number;
  readonly op: string;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: ProgramError) => void;
}

interface Started {
  readonly resolve: (ready: Ready) => void;
  readonly reject: (error: ProgramError) => void;
}

/** Every process that runs: none outlives this program. */
const running = new Map<ChildProcess, OwnClock | undefined>();
process.on("exit", () => {
  for (const [child, clock] of running) {
    signal(child, "SIGKILL");
    if (child.pid !== undefined) clock?.discard(child.pid);
  }
});

export class TargetProcess {
  readonly ready: Promise<Ready>;
  /** When it has ended, and its output with it. */
  readonly ended: Promise<void>;
  /** Who it is in this run, for messages. */
  client = "";
  private readonly child: ChildProcess;
  private asked: Asked | undefined;
  private nextId = 1;
  private log = "";
  private parts: string[] = [];
  private partsLength = 0;
  /** Why it can't be used any more. */
  private broken: ProgramError | undefined;
  private readonly started: Started;
  private isReady = false;

  constructor(private readonly options: ProcessOptions) {
    let started: Started | undefined;
    this.ready = new Promise((resolve, reject) => {
      started = { resolve, reject };
    });
    this.started = started as unknown as Started;
    // Whoever asks hears of it; a process that is never asked may fail in silence.
    this.ready.catch(() => undefined);
    const child = spawn(options.command, {
      shell: true,
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...NOT_FOR_IT, ...options.env, ...options.clock?.env(process.env) },
    });
    this.child = child;
    running.set(child, options.clock);
    child.stdout?.setEncoding("utf8").on("data", (text: string) => this.read(text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.log = (this.log + text).slice(-LOG_MAX);
    });
    child.stdin?.on("error", () => undefined);
    child.on("error", (error) => this.breakOff(`can't be started: ${error.message}`));
    this.ended = new Promise((resolve) => child.once("error", resolve).once("close", () => resolve()));
    child.on("close", (code, by) => {
      running.delete(child);
      if (child.pid !== undefined) options.clock?.discard(child.pid);
      this.breakOff(by === null ? `ended by itself with exit code ${code}` : `ended by itself by ${by}`);
    });
    const tooLate = after(options.startMs, () =>
      this.breakOff(`wrote no ready line within ${options.startMs} ms after its start`),
    );
    void this.ready.then(tooLate, tooLate);
  }

  /** False once it has ended, or has broken the protocol. */
  get usable(): boolean {
    return this.broken === undefined;
  }

  /** True while it owes an answer. */
  get busy(): boolean {
    return this.asked !== undefined;
  }

  /** See `isAsleep` in asleep.ts. */
  get isAsleep(): boolean | undefined {
    return this.child.pid === undefined ? undefined : isAsleep(this.child.pid);
  }

  /** Undefined where it is the machine's. */
  get clock(): OwnClock | undefined {
    return this.options.clock;
  }

  /** The end of what it wrote to stderr. */
  get stderr(): string {
    return this.log;
  }

  /** One request, one reply. Rejects with ProgramError where it breaks the protocol or ends. */
  async ask(request: { readonly op: string; readonly [field: string]: unknown }): Promise<Reply> {
    await this.ready;
    return new Promise((resolve, reject) => {
      if (this.broken !== undefined) {
        reject(this.broken);
        return;
      }
      const id = this.nextId;
      this.nextId += 1;
      this.asked = { id, op: request.op, resolve, reject };
      this.child.stdin?.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  /** SIGSTOP and SIGCONT. */
  hold(still: boolean): void {
    signal(this.child, still ? "SIGSTOP" : "SIGCONT");
  }

  /** SIGKILL. What was asked is never answered. */
  kill(): void {
    this.asked = undefined;
    this.broken ??= this.error("was killed");
    this.started.reject(this.broken);
    signal(this.child, "SIGKILL");
  }

  /** From now on every request is answered with this complaint. */
  breakOff(complaint: string, line?: string): void {
    if (this.broken !== undefined) return;
    this.broken = this.error(complaint, line);
    this.started.reject(this.broken);
    this.asked?.reject(this.broken);
    this.asked = undefined;
    signal(this.child, "SIGKILL");
  }

  // --- internal ---

  private read(text: string): void {
    if (this.broken !== undefined) return;
    let at = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", at)) {
      const line = this.parts.length === 0 ? text.slice(at, end) : this.parts.join("") + text.slice(at, end);
      this.parts = [];
      this.partsLength = 0;
      at = end + 1;
      this.hear(line);
      if (this.broken !== undefined) return;
    }
    if (at < text.length) {
      this.parts.push(text.slice(at));
      this.partsLength += text.length - at;
      if (this.partsLength > LINE_MAX) this.breakOff(`wrote a line of more than ${LINE_MAX} characters`, this.parts[0]);
    }
  }

  private hear(line: string): void {
    const { asked } = this;
    try {
      if (!this.isReady) {
        const ready = readyOf(line);
        this.isReady = true;
        this.started.resolve(ready);
      } else if (asked === undefined) this.breakOff("wrote a line that nobody asked for", line);
      else {
        const reply = replyOf(line, asked.id, asked.op);
        this.asked = undefined;
        asked.resolve(reply);
      }
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      this.breakOff(`wrote a line that is not of the protocol: ${error.message}`, line);
    }
  }

  private error(complaint: string, line?: string): ProgramError {
    const last = this.log.trimEnd().split("\n").slice(-LAST_LINES).join("\n");
    const doing = this.asked === undefined ? "" : ` (it was asked ${this.asked.op})`;
    return new ProgramError(
      [
        `target ${this.client === "" ? "" : `of client ${this.client} `}${complaint}${doing}`,
        ...(line === undefined ? [] : [`the line: ${shown(line)}`]),
        last === "" ? "it wrote nothing to stderr" : `the last lines of its stderr:\n${last}`,
        `its command: ${this.options.command}`,
      ].join("\n"),
    );
  }
}

const shown = (line: string): string => (line.length > SHOWN_MAX ? `${line.slice(0, SHOWN_MAX)}...` : line);

/** To the whole group: the command may be a shell's, or start others. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || !running.has(child)) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // It has just ended.
  }
}
