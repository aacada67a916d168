// What a target makes of its own death, of answers that never come, and of a store that refuses.
import type { StoreResponse } from "../../store/request.js";
import type { Reply } from "../../targets/program/protocol.js";
import type { Bench } from "./bench.js";
import { type Speaker, shown } from "./speaker.js";
import { right, type Step } from "./step.js";
import { Wrong } from "./wrong.js";

/** So many of a session's requests are tried, one at a time. */
const REQUESTS_MAX = 8;

const restart: Step = {
  name: "restart",
  says: "after SIGKILL a new process reads what was acknowledged, and commits",
  take: async (bench) => {
    const [first, second] = [await bench.client("first"), await bench.client("second")];
    await first.put("killed", "acknowledged");
    first.kill();
    const again = await bench.client("first");
    await again.expect("killed", "acknowledged", "in a new process after SIGKILL");
    await again.put("killed", "by the new process");
    await second.expect("killed", "by the new process", "after the new process's commit");
    return right("what was acknowledged is there");
  },
};

const crash: Step = {
  name: "killed-in-commit",
  says: "a client that dies in the middle of a commit keeps nobody from going on",
  take: async (bench) => {
    const second = await bench.client("second");
    await second.put("half", "before");
    let requests = 0;
    for (let nth = 1; nth <= REQUESTS_MAX; nth += 1) {
      if (!(await killedAtRequest(bench, await bench.client("first"), nth))) break;
      requests = nth;
      const value = await second.look("half");
      if (value !== "before" && value !== `dying-${nth}`)
        throw new Wrong(`after a client died at request ${nth} of its commit, "half" is ${JSON.stringify(value)}`);
      await second.put("half", "before");
      await second.expect("half", "before", `after a client died at request ${nth} of its commit`);
    }
    return right(`at each of ${requests} requests; another client then reads and commits`);
  },
};

/** The answer to the n-th request since it was put on is lost, or something else stands in its place. */
const disturbing = (name: string, says: string, instead: (apply: () => StoreResponse) => StoreResponse): Step => ({
  name,
  says,
  take: async (bench) => {
    const answers = new Map<string, number>();
    for (let nth = 1; nth <= REQUESTS_MAX; nth += 1) {
      let count = 0;
      bench.rule = (_request, apply) => {
        count += 1;
        return count === nth ? instead(apply) : undefined;
      };
      const answer = await writeOnce(await bench.client("first"), name, `${nth}`).finally(() => calm(bench));
      await compare(await bench.client("second"), name, `${nth}`, answer);
      if (count < nth) break;
      const said = shown(answer).replace(/ \(.*/s, "");
      answers.set(said, (answers.get(said) ?? 0) + 1);
    }
    return right(`commits were answered ${[...answers].map(([said, times]) => `${said} (${times})`).join(", ")}`);
  },
});

export const failureSteps: readonly Step[] = [
  restart,
  crash,
  disturbing(
    "lost-answer",
    "where the answer to a request is lost, the commit's answer is still true",
    (apply): StoreResponse => {
      apply();
      return { status: 0, code: "ConnectionReset" };
    },
  ),
  disturbing(
    "refused-503",
    "where the store refuses a request, the commit's answer is still true",
    (): StoreResponse => ({ status: 503, code: "SlowDown" }),
  ),
];

// --- internal ---

function calm(bench: Bench): void {
  bench.rule = () => undefined;
}

/** Kills it when the n-th request of a commit arrives, which is never answered. False if it needs fewer. */
async function killedAtRequest(bench: Bench, dying: Speaker, nth: number): Promise<boolean> {
  let count = 0;
  const arrived = new Promise<boolean>((resolve) => {
    bench.rule = () => {
      count += 1;
      if (count < nth) return undefined;
      resolve(true);
      return new Promise<StoreResponse>(() => undefined);
    };
  });
  const answered = writeOnce(dying, "half", `dying-${nth}`).then(() => false);
  const killed = await Promise.race([arrived, answered]).finally(() => calm(bench));
  if (killed) dying.kill();
  return killed;
}

/** A session that writes one value: what its commit was answered, or whatever came before and was not ok. */
async function writeOnce(speaker: Speaker, key: string, value: string): Promise<Reply> {
  const begun = await speaker.ask({ op: "begin", mode: "write" });
  if (!("ok" in begun)) return begun;
  const staged = await speaker.ask({ op: "put", key, value });
  if ("ok" in staged) return speaker.ask({ op: "commit" });
  await speaker.ok({ op: "end" });
  return staged;
}

async function compare(second: Speaker, key: string, value: string, answer: Reply): Promise<void> {
  const seen = (await second.look(key)) === value;
  if ("ok" in answer && !seen) throw new Wrong(`the commit was answered ok, and its write is not there`);
  if ("fail" in answer && seen)
    throw new Wrong(`it was answered ${shown(answer)}, and its write is there: where nobody knows, the answer is info`);
}
