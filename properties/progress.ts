// P9. Once faults have stopped, a client alone gets on, among several some one does, and what is garbage goes.
import type { Completion, HistoryEvent, Invoke } from "../model/history.js";
import type { Applied, Healed } from "../model/story.js";
import { type Finding, type Property, violation } from "./property.js";
import type { RunView } from "./view.js";

export const progress: Property = {
  name: "progress",
  promise: "P9",
  claim:
    "Once faults stop, a client alone commits and reads within a bounded number of its own requests, among several some one does, and garbage goes.",
  judge: (view) => {
    const { healed } = view.record;
    if (healed === undefined) return null;
    if (healed.endless) return circle(view.record.story);
    const stuck = stuckCrowd(view, healed) ?? stuckAlone(view, healed);
    return healed.unbounded === true ? stuck : (stuck ?? tooManyRequests(view, healed) ?? leftOver(view));
  },
};

// --- internal ---

/** The steps that the run was given are used up: says which requests came again and again. */
function circle(story: readonly Applied[]): Finding {
  const counts = new Map<string, number>();
  for (const { client, method, key, status } of story.slice(-CIRCLE_REQUESTS)) {
    const name = `${client} ${method} ${key} ${status}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const often = [...counts].filter(([, count]) => count > 1).map(([name, count]) => `${name} (${count} times)`);
  return violation(
    `Faults have stopped, but the run does not end. The last ${CIRCLE_REQUESTS} requests: ${often.join(", ")}.`,
  );
}

const CIRCLE_REQUESTS = 60;

/** All that never crashed committed at once. `info` says nothing against progress: it may have been the one that did. */
function stuckCrowd({ record: { history } }: RunView, { crowd, alone }: Healed): Finding {
  const commits = history
    .slice(crowd, alone)
    .filter((event): event is Completion => event.type !== "crash" && event.type !== "invoke" && event.op === "commit");
  if (commits.length === 0 || commits.some(({ type }) => type !== "fail")) return null;
  const answers = commits.map(({ client, error }) => `${client} ${error}`).join(", ");
  return violation(`Faults have stopped and ${commits.length} clients commit at once, but none does: ${answers}.`);
}

function stuckAlone({ record: { history } }: RunView, { alone }: Healed): Finding {
  for (const [i, event] of history.slice(alone).entries()) {
    if (event.type !== "fail" && event.type !== "info") continue;
    return violation(
      `Faults have stopped and ${event.client} is alone, but its ${event.op} (event ${alone + i}) was answered ${event.type} ${event.error ?? ""} (${event.message ?? ""}).`,
    );
  }
  return null;
}

/** Requests that one operation takes in the worst case, apart from those that a thing in the bucket costs: ARCHITECTURE.md derives both. */
const REQUESTS = 16;
const REQUESTS_PER_OBJECT = 3;

/** In a crowd each success of another one may cost as much again. */
function tooManyRequests({ record: { history, story } }: RunView, { crowd, alone }: Healed): Finding {
  const crowded = new Set(history.slice(crowd, alone).map(({ client }) => client)).size;
  const bucket = objectsOver(story);
  for (let index = crowd; index < history.length; index += 1) {
    const event = history[index];
    if (event?.type !== "invoke") continue;
    const answer = answerTo(history, index, event);
    if (answer === undefined) continue;
    const rivals = index < alone ? crowded : 1;
    const bound = rivals * (REQUESTS + REQUESTS_PER_OBJECT * bucket.before(event.step).size);
    const sent = story.filter(
      ({ client, step }) => client === event.client && step >= event.step && step < answer.step,
    ).length;
    if (sent > bound)
      return violation(
        `Faults have stopped, but ${event.client}'s ${event.op} (event ${index}) took ${sent} requests; ${bound} are enough.`,
      );
  }
  return null;
}

const answerTo = (history: readonly HistoryEvent[], from: number, { client }: Invoke): HistoryEvent | undefined =>
  history.find((event, index) => index > from && event.client === client);

/** The last client has compacted and collected, twice, when every lease was over. */
function leftOver({ record: { story }, bucket }: RunView): Finding {
  const head = bucket().heads.at(-1);
  if (head === undefined) return null;
  const needed = `checkpoints/${head.checkpointId}`;
  const isGarbage = (key: string): boolean => {
    if (key.startsWith("leases/")) return true;
    const digits = /^segments\/seg-(\d+)\.json$/.exec(key)?.[1];
    if (digits !== undefined) return Number(digits) <= head.checkpointSeq;
    return key.startsWith("checkpoints/") && key !== `${needed}.json` && key !== `${needed}.meta.json`;
  };
  const left = [...objectsOver(story).before(Number.POSITIVE_INFINITY)].filter(isGarbage).sort();
  if (left.length === 0) return null;
  return violation(
    `Past every lease, compact, gc and gc have left what nobody needs: ${left.slice(0, 3).join(", ")}${left.length > 3 ? `, and ${left.length - 3} more` : ""}.`,
  );
}

/** The keys in the bucket before a step, for steps that only rise. */
function objectsOver(story: readonly Applied[]) {
  const keys = new Set<string>();
  let next = 0;
  return {
    before: (step: number): ReadonlySet<string> => {
      for (; next < story.length; next += 1) {
        const applied = story[next];
        if (applied === undefined || applied.step >= step) break;
        const { method, key, status } = applied;
        if (status >= 300) continue;
        if (method === "PUT") keys.add(key);
        else if (method === "DELETE") keys.delete(key);
      }
      return keys;
    },
  };
}
