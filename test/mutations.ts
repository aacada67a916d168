// Real traces, spoiled: bytes flipped, cut off, fields dropped, doubled, retyped, numbers and strings of nonsense.
import type { Random } from "../src/store/random.js";

export interface Mutation {
  readonly what: string;
  readonly bytes: Buffer;
}

type Mutate = (bytes: Buffer, random: Random) => Buffer;
type Json = { [name: string]: unknown } | unknown[];

/** One spoiled copy of a trace. The same stream of chance gives the same copy. */
export function mutationOf(trace: Buffer, random: Random): Mutation {
  const [what, mutate] = mutations[random.below(mutations.length)] ?? ["nothing", (bytes: Buffer) => bytes];
  return { what, bytes: mutate(trace, random) };
}

// --- internal ---

const pick = <T>(items: readonly T[], random: Random): T => items[random.below(items.length)] as T;

const deep = (depth: number): unknown => JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`);

const nonsense: readonly unknown[] = [
  null,
  true,
  -1,
  -0,
  0.5,
  1e300,
  2 ** 53,
  999_999,
  10 ** 10,
  "",
  "\u0000",
  "line\nbreak\r\u2028",
  "\u{1f642}\ud800",
  "__proto__",
  "x".repeat(5000),
  [],
  {},
  [[[]]],
  { constructor: { prototype: 1 } },
  deep(500),
];

/** Every object and array in it, the outermost first. */
function nodesOf(json: unknown): Json[] {
  if (typeof json !== "object" || json === null) return [];
  return [json as Json, ...Object.values(json).flatMap(nodesOf)];
}

/** Changes one place in the JSON: `change` gets an object or array and one of its names. */
const inJson =
  (change: (node: Record<string, unknown>, name: string, random: Random) => void): Mutate =>
  (bytes, random) => {
    const json: unknown = JSON.parse(bytes.toString("utf8"));
    const nodes = nodesOf(json).filter((node) => Object.keys(node).length > 0);
    // Half of the places are in the plan: there is most to break.
    const plan = nodesOf((json as { plan: unknown }).plan).filter((node) => Object.keys(node).length > 0);
    const node = pick(random.below(2) === 0 ? plan : nodes, random) as Record<string, unknown>;
    change(node, pick(Object.keys(node), random), random);
    return Buffer.from(JSON.stringify(json));
  };

const numbers: readonly number[] = [0, 1, 2, 3, 7, 50, 100, 999, 1_000_000, 9_999_999_999];

const mutations: readonly (readonly [what: string, mutate: Mutate])[] = [
  [
    "a byte flipped",
    (bytes, random) => {
      const copy = Buffer.from(bytes);
      const at = random.below(copy.length);
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
      return copy;
    },
  ],
  ["cut off", (bytes, random) => bytes.subarray(0, random.below(bytes.length))],
  [
    "cut out",
    (bytes, random) =>
      Buffer.concat([bytes.subarray(0, random.below(bytes.length)), bytes.subarray(random.below(bytes.length))]),
  ],
  [
    "NUL bytes",
    (bytes, random) => Buffer.concat([bytes.subarray(0, random.below(bytes.length)), Buffer.alloc(9), bytes]),
  ],
  ["empty", () => Buffer.alloc(0)],
  ["noise", (_bytes, random) => Buffer.from(Array.from({ length: 200 }, () => random.below(256)))],
  ["nested deeply", (_bytes, random) => Buffer.from("[".repeat(random.below(200_000)))],
  [
    "deep in a field",
    (bytes) =>
      Buffer.from(
        bytes.toString("utf8").replace('"history"', `"deep": ${"[".repeat(9000)}${"]".repeat(9000)}, "history"`),
      ),
  ],
  ["a field dropped", inJson((node, name) => (Array.isArray(node) ? node.splice(Number(name), 1) : delete node[name]))],
  [
    "a field of nonsense",
    inJson((node, name, random) => {
      node[name] = pick(nonsense, random);
    }),
  ],
  [
    "another number",
    inJson((node, name, random) => {
      node[name] = pick(numbers, random);
    }),
  ],
  [
    "a new field",
    inJson((node, _name, random) => {
      node[String(pick(["x", "ms", "__proto__", "a\nb"], random))] = pick(nonsense, random);
    }),
  ],
  [
    "two fields exchanged",
    inJson((node, name, random) => {
      const other = pick(Object.keys(node), random);
      [node[name], node[other]] = [node[other], node[name]];
    }),
  ],
  [
    "doubled",
    inJson((node, name, random) => {
      if (Array.isArray(node)) node.push(...Array.from({ length: 1 + random.below(60) }, () => node[Number(name)]));
      else node[`${name}${name}`] = node[name];
    }),
  ],
  [
    "a field twice",
    (bytes, random) =>
      Buffer.from(
        bytes.toString("utf8").replace("{", `{"${pick(["version", "plan", "target"], random)}": ${random.below(9)},`),
      ),
  ],
  [
    "more lanes",
    (bytes, random) =>
      Buffer.from(
        bytes
          .toString("utf8")
          .replace(
            '"lanes":[',
            `"lanes":[${Array.from({ length: random.below(3000) }, () => random.below(9)).join(",")}${","}`,
          ),
      ),
  ],
  [
    "another kind",
    (bytes, random) =>
      Buffer.from(
        bytes
          .toString("utf8")
          .replace(
            /"kind":"[a-z-]+"/,
            `"kind":"${pick(["gc", "look", "compact", "hang", "zombie", "pause", "brown-out", "dance"], random)}"`,
          ),
      ),
  ],
  [
    "another target",
    (bytes, random) =>
      Buffer.from(
        bytes
          .toString("utf8")
          .replace(
            /"target": .*/,
            `"target": ${pick(['"manifest"', '"nobody"', '{"id":"manifest","options":{}}', '{"id":"lost-update","options":{"a":"b"}}', "null"], random)},`,
          ),
      ),
  ],
  [
    "another version",
    (bytes, random) =>
      Buffer.from(
        bytes
          .toString("utf8")
          .replace(/"version": \d+/, `"version": ${pick(["0", "1", "2", "3", "-1", "1.5", "1e999", '"2"'], random)}`),
      ),
  ],
];
