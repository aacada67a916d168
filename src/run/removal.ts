// Takes away what a run has left on a real server. A server that is busy for a moment is no reason to leave it there.
import { askAgain, isPassing } from "../store/again.js";
import type { Clock } from "../store/clock.js";
import type { Send } from "../store/request.js";

/** True once the object is gone, or never was there. A refusal that would be the same again is final. */
export async function removeObject(send: Send, key: string, clock?: Clock): Promise<boolean> {
  const { answer } = await askAgain(() => send({ method: "DELETE", key }), isPassing, clock);
  return answer.status === 204 || answer.status === 200 || answer.status === 404;
}
