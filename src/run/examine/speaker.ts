// One process that is examined, and conversations with it. What it may not say is thrown as Wrong.
import { after } from "../../store/clock.js";
import type { TargetProcess } from "../../targets/program/process.js";
import type { Reply } from "../../targets/program/protocol.js";
import { Wrong } from "./wrong.js";

export interface Asked {
  readonly op: string;
  readonly [field: string]: unknown;
}

export interface SpeakerOptions {
  readonly process: TargetProcess;
  /** For one answer, milliseconds. */
  readonly answerMs: number;
  readonly accessKeyId: string;
  /** What the target listed. */
  readonly ops: readonly string[];
  /** Told when an answer did not come in time. */
  readonly onSilence: () => void;
}

export class Speaker {
  private readonly process: TargetProcess;
  private readonly ops: readonly string[];

  constructor(private readonly options: SpeakerOptions) {
    this.process = options.process;
    this.ops = options.ops;
  }

  get accessKeyId(): string {
    return this.options.accessKeyId;
  }

  get usable(): boolean {
    return this.process.usable;
  }

  /** One request, one reply of whatever kind. Rejects with ProgramError, also where none comes. */
  async ask(request: Asked): Promise<Reply> {
    const { answerMs, onSilence } = this.options;
    const tooLate = after(answerMs, () => {
      onSilence();
      this.process.breakOff(`wrote no answer within ${answerMs} ms; is stdout flushed after each line?`);
    });
    try {
      return await this.process.ask(request);
    } finally {
      tooLate();
    }
  }

  /** One request that has to be answered `ok`. Returns what is in it. */
  async ok(request: Asked): Promise<Readonly<Record<string, unknown>>> {
    const reply = await this.ask(request);
    if ("ok" in reply) return reply.ok;
    throw new Wrong(`${request.op} was answered ${shown(reply)}, and nothing stood in its way`);
  }

  /** Puts one value in a session of its own. */
  async put(key: string, value: string): Promise<void> {
    await this.ok({ op: "begin", mode: "write" });
    await this.ok({ op: "put", key, value });
    await this.ok({ op: "commit" });
  }

  /** Reads one key in a session of its own. */
  async look(key: string): Promise<string | null> {
    await this.ok({ op: "begin", mode: "read" });
    const value = await this.read(key);
    await this.ok({ op: "end" });
    return value;
  }

  /** Reads one key in the open session, in every way that the target has. */
  async read(key: string): Promise<string | null> {
    const got = this.ops.includes("get") ? ((await this.ok({ op: "get", key }))["value"] as string | null) : undefined;
    if (!this.ops.includes("scan")) return got ?? null;
    const { entries } = (await this.ok({ op: "scan" })) as { readonly entries: readonly (readonly [string, string])[] };
    const found = entries.filter((entry) => entry[0] === key);
    if (found.length > 1) throw new Wrong(`scan shows the key ${key} ${found.length} times`);
    const scanned = found[0]?.[1] ?? null;
    if (got !== undefined && got !== scanned)
      throw new Wrong(`in one session get ${key} says ${JSON.stringify(got)}, and scan ${JSON.stringify(scanned)}`);
    return scanned;
  }

  /** Reads one key in a session of its own, and compares. */
  async expect(key: string, value: string | null, when: string): Promise<void> {
    const got = await this.look(key);
    if (got !== value)
      throw new Wrong(`${when}, ${key} is read as ${JSON.stringify(got)}, not ${JSON.stringify(value)}`);
  }

  /** SIGKILL. */
  kill(): void {
    this.process.kill();
  }
}

/** An answer in a few words. */
export function shown(reply: Reply): string {
  if ("ok" in reply) return "ok";
  const [kind, { error, message }] = "fail" in reply ? ["fail", reply.fail] : ["info", reply.info];
  return `${kind}: ${error}${message === "" ? "" : ` (${message})`}`;
}
