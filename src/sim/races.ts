// Which two requests race: those whose order can be told from their answers or from what they leave behind.
import type { StoreRequest } from "../store/request.js";

const writes = (request: StoreRequest): boolean => request.method === "PUT" || request.method === "DELETE";

/** True unless swapping the two could change nothing. Alarms (undefined) race with nothing. */
export function races(a: StoreRequest | undefined, b: StoreRequest | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (!writes(a) && !writes(b)) return false;
  if (a.method === "LIST") return b.key.startsWith(a.key);
  if (b.method === "LIST") return a.key.startsWith(b.key);
  return a.key === b.key;
}
