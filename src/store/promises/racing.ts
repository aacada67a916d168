// Promises on requests that race: of many conditional PUTs exactly one wins.
import type { Send, StoreRequest, StoreResponse } from "../request.js";
import type { Shown, StorePromise } from "./promise.js";

const RACERS = 32;
const ROUNDS = 4;

export const racing: readonly StorePromise[] = [
  {
    name: "racing-put-if-none-match",
    needed: true,
    otherwise: "two writers both win a segment's slot, and an acknowledged commit is overwritten",
    shows: (send, at) =>
      rounds(send, (round) => (racer) => ({
        method: "PUT",
        key: `${at}${round}`,
        body: `${racer}`,
        ifNoneMatch: "*",
      })),
  },
  {
    name: "racing-put-if-match",
    needed: true,
    otherwise: "two writers both advance HEAD, and one's commit is gone",
    shows: async (send, at) => {
      const before: string[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const { etag = "" } = await send({ method: "PUT", key: `${at}${round}`, body: "before" });
        before.push(etag);
      }
      return rounds(send, (round) => (racer) => ({
        method: "PUT",
        key: `${at}${round}`,
        body: `${racer}`,
        ifMatch: before[round] ?? "",
      }));
    },
  },
];

// --- internal ---

async function rounds(send: Send, race: (round: number) => (racer: number) => StoreRequest): Promise<Shown> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const requestOf = race(round);
    const racers = Array.from({ length: RACERS }, (_, racer) => racer);
    const answers = await Promise.all(racers.map((racer) => send(requestOf(racer))));
    const winners = racers.filter((racer) => answers[racer]?.status === 200);
    const { body } = await send({ method: "GET", key: requestOf(0).key });
    const shown = judged(answers, winners, body);
    if (shown.kept !== true) return { ...shown, detail: `round ${round + 1} of ${ROUNDS}: ${shown.detail}` };
  }
  return { kept: true, detail: `${ROUNDS} rounds of ${RACERS} racers, one winner each` };
}

function judged(answers: readonly StoreResponse[], winners: readonly number[], body: unknown): Shown {
  if (winners.length > 1) return { kept: false, detail: `${winners.length} of ${RACERS} racers won` };
  if (answers.some(({ status }) => status !== 200 && status !== 412 && status !== 409))
    return { kept: null, detail: "some requests had no definite answer" };
  if (winners.length === 0) return { kept: null, detail: "nobody won" };
  return body === `${winners[0]}`
    ? { kept: true, detail: "one winner" }
    : { kept: false, detail: `the winner is ${winners[0]}, but the object is another's` };
}
