// What flags' values mean, and what is said about those that mean nothing.
import { usageError } from "./exit.js";

const SEED_MAX = 2 ** 31 - 1;

/** A whole number within bounds. */
export const wholeNumber =
  (flag: string, min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isInteger(value) || value < min || value > max) {
      throw usageError(`${flag} takes a whole number from ${min} to ${max}, not "${text}"`);
    }
    return value;
  };

/** A number within bounds, whole or not. */
export const fraction =
  (flag: string, min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= min && value <= max)) {
      throw usageError(`${flag} takes a number from ${min} to ${max}, not "${text}"`);
    }
    return value;
  };

/** A seed: any 32-bit whole number, negative ones included. */
export const seedNumber = wholeNumber("--seed", -SEED_MAX - 1, SEED_MAX);

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A span of time such as `500ms`, `30s`, `10m`, `8h`; a bare number means seconds. In milliseconds. */
export const duration =
  (flag: string) =>
  (text: string): number => {
    const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text.trim());
    const unit = UNITS_MS[match?.[2] ?? "s"];
    if (match === null || unit === undefined)
      throw usageError(`${flag} takes a time such as 30s, 10m or 8h, not "${text}"`);
    return Number(match[1]) * unit;
  };

/** The k-th of n parts, `k/n`, counted from 1 by people and from 0 by programs. */
export function shardOf(text: string): { readonly shard: number; readonly shards: number } {
  const [, k = "", n = ""] = /^(\d+)\/(\d+)$/.exec(text.trim()) ?? [];
  const [shard, shards] = [Number(k) - 1, Number(n)];
  if (k === "" || shard < 0 || shard >= shards) throw usageError(`--shard takes k/n with 1 <= k <= n, not "${text}"`);
  return { shard, shards };
}

/** A command line for the shell. */
export function commandLine(text: string): string {
  if (text.trim() === "") throw usageError("--target-cmd takes the command line of a program, and this one is empty");
  return text;
}

/** One of `known`, or an error that names the nearest. */
export function oneOf(what: string, known: readonly string[], text: string): string {
  if (known.includes(text)) return text;
  const near = nearest(text, known);
  const hint = near === undefined ? `known: ${known.join(", ")}` : `did you mean ${near}? (known: ${known.join(", ")})`;
  throw usageError(`${what} "${text}" is unknown; ${hint}`);
}

// --- internal ---

/** The known word that is at most a third of its letters away. */
function nearest(text: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((word) => ({ word, distance: distance(text, word) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, Math.ceil(best.word.length / 3)) ? best.word : undefined;
}

/** Levenshtein's distance, row by row. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
