// Does a bucket hold what docs/format.md describes? Only then can its story be read; of any other only answers are judged.
import { changesOf, entriesOf, headOf, objectName } from "./bucket-format.js";
import type { Applied } from "./story.js";

/**
 * True where every object that was put is one of ours by its name and reads so, and there is a HEAD. A HEAD with a
 * `merge_tree` (fusio-manifest 0.6.1) names checkpoints of another kind.
 */
export function isKnownFormat(story: readonly Applied[]): boolean {
  const puts = story.filter(({ method, status }) => method === "PUT" && status >= 200 && status < 300);
  return puts.some(({ key }) => key === "HEAD.json") && puts.every(isKnown);
}

// --- internal ---

function isKnown({ key, body = "" }: Applied): boolean {
  const { kind } = objectName(key);
  if (kind === "head") return headOf(body) !== undefined && !body.includes('"merge_tree"');
  if (kind === "segment") return changesOf(body) !== undefined;
  if (kind === "checkpoint") return entriesOf(body) !== undefined;
  return kind === "meta" || key.startsWith("leases/") || key.startsWith("gc/");
}
