// A client at work: turns commands into operations on a target, and notes every call and every answer.
import type { Command, Look, Transact } from "../../model/command.js";
import { writtenValue } from "../../model/command.js";
import type { Completion, HistoryEvent, Invoke, Op } from "../../model/history.js";
import type { Client } from "../targets/target.js";

/** Where events go, stamped with step and time by the run. */
export interface Recorder {
  readonly history: HistoryEvent[];
  readonly step: () => number;
  readonly nowMs: () => number;
}

/** Who calls, and the operation under way, for faults that are placed by it. */
export interface Noted {
  readonly name: string;
  op: string;
}

/** One client across its lives. A crash ends the life, not the list of commands: the next life goes on with the next one. */
export interface Worker extends Noted {
  readonly commands: readonly Command[];
  next: number;
  /** When each command was under way, by the steps of the schedule. */
  readonly spans: { readonly command: number; readonly from: number; to: number }[];
}

type Answer = { readonly ok: object } | { readonly fail: Failure } | { readonly info: Failure };
interface Failure {
  readonly error: string;
  readonly message: string;
}

/** One life of a client: its target, and its way of being idle. */
export interface Life {
  readonly client: Client;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Works off the commands from `worker.next` on. */
export async function work(worker: Worker, life: Life, recorder: Recorder): Promise<void> {
  while (worker.next < worker.commands.length) {
    const number = worker.next;
    const command = worker.commands[number];
    worker.next += 1;
    if (command === undefined) continue;
    const span = { command: number, from: recorder.step(), to: Number.POSITIVE_INFINITY };
    worker.spans.push(span);
    await perform(worker, life, recorder, command, number);
    span.to = recorder.step();
  }
}

/** One command; `number` is part of the values that it writes. */
export function perform(
  worker: Worker,
  { client, sleep }: Life,
  recorder: Recorder,
  command: Command,
  number: number,
): Promise<unknown> {
  switch (command.kind) {
    case "transact":
      return transact(worker, client, recorder, command, number);
    case "look":
      return look(worker, client, recorder, command);
    case "compact":
    case "gc":
    case "recover":
      return call(worker, recorder, { op: command.kind }, () => client[command.kind]());
    case "wait":
      return sleep(command.ms);
    default:
      return unreachable(command);
  }
}

// --- internal ---

async function transact(
  worker: Worker,
  client: Client,
  recorder: Recorder,
  command: Transact,
  number: number,
): Promise<void> {
  for (let attempt = 0; attempt <= command.retries; attempt += 1) {
    const outcome = await attemptOnce(worker, client, recorder, command, writtenValue(worker.name, number, attempt));
    if (outcome !== "conflict") return;
  }
}

/**
 * One session: reads, writes, commit. A read that fails ends it; what a read returned does not matter here. `note` is
 * written into the event of its begin. Answers `conflict`, another word for a failure, or `done`.
 */
export async function attemptOnce(
  worker: Noted,
  client: Client,
  recorder: Recorder,
  command: Transact,
  value: string,
  note?: object,
): Promise<string> {
  await call(worker, recorder, { op: "begin", mode: "write", ...note }, () => client.begin("write"));
  for (const key of command.reads) {
    if (!("ok" in (await read(worker, client, recorder, key)))) {
      await call(worker, recorder, { op: "end" }, () => client.end());
      return "given up";
    }
  }
  for (const write of command.writes) {
    const { key } = write;
    if (write.delete === true) await call(worker, recorder, { op: "delete", key }, () => client.delete(key));
    else await call(worker, recorder, { op: "put", key, value }, () => client.put(key, value));
  }
  const answer = await call(worker, recorder, { op: "commit" }, () => client.commit());
  return "fail" in answer ? answer.fail.error : "done";
}

/** One read session. `note` is written into the event of its begin. */
export async function look(
  worker: Noted,
  client: Client,
  recorder: Recorder,
  command: Look,
  note?: object,
): Promise<void> {
  await call(worker, recorder, { op: "begin", mode: "read", ...note }, () => client.begin("read"));
  for (const key of command.reads) {
    if (!("ok" in (await read(worker, client, recorder, key)))) break;
  }
  await call(worker, recorder, { op: "end" }, () => client.end());
}

const read = (worker: Noted, client: Client, recorder: Recorder, key: string | null): Promise<Answer> =>
  key === null
    ? call(worker, recorder, { op: "scan" }, () => client.scan())
    : call(worker, recorder, { op: "get", key }, () => client.get(key));

type Request = Pick<Invoke, "op" | "mode" | "key" | "value"> & { readonly op: Op };

/** One operation: its invoke, the call, its completion. The only place where a target is called. */
export async function call<T extends Answer>(
  worker: Noted,
  recorder: Recorder,
  request: Request,
  run: () => Promise<T>,
): Promise<T> {
  const { history, step, nowMs } = recorder;
  worker.op = request.op;
  history.push({ client: worker.name, type: "invoke", step: step(), atMs: nowMs(), ...request });
  const answer = await run();
  history.push({ client: worker.name, op: request.op, step: step(), atMs: nowMs(), ...outcome(answer) });
  return answer;
}

type Outcome = Pick<Completion, "type" | "value" | "entries" | "txn" | "error" | "message">;

function outcome(answer: Answer): Outcome {
  if ("ok" in answer) return { type: "ok", ...answer.ok };
  return "fail" in answer ? { type: "fail", ...answer.fail } : { type: "info", ...answer.info };
}

const unreachable = (command: never): never => {
  throw new TypeError(`unknown command ${JSON.stringify(command)}`);
};
