// Small random histories, about half of them right: a manifest that sometimes lies, and values that repeat.
import seedrandom from "seedrandom";

/** One line in the notation of notation.ts, always the same for a seed. */
export function randomHistory(seed: number): string {
  const random = seedrandom.alea(`history ${seed}`);
  const below = (bound: number): number => Math.floor(random() * bound);
  const world: World = {
    random,
    below,
    lies: below(3) * 0.25,
    values: 1 + below(3),
    states: [new Map()],
    txn: 0,
    tokens: [],
  };
  const clients = ["A", "B", "C"].map((name): Client => ({ name, open: null, left: 1 + below(3) }));
  for (let turn = 0; turn < 80; turn += 1) {
    const client = clients[below(clients.length)];
    if (client !== undefined) act(world, client);
  }
  for (const token of clients.map(({ name, open }) => (open?.asked === false ? `${name}]` : "")))
    world.tokens.push(token);
  return world.tokens.filter((token) => token !== "").join(" ");
}

// --- internal ---

type State = ReadonlyMap<string, string>;

interface World {
  readonly random: () => number;
  readonly below: (bound: number) => number;
  /** How likely a session's snapshot is of some other state. */
  readonly lies: number;
  readonly values: number;
  /** Every state so far, the present one last. */
  readonly states: State[];
  txn: number;
  readonly tokens: string[];
}

interface Open {
  readonly writes: Map<string, string | null>;
  snapshot: State;
  read: boolean;
  asked: boolean;
  /** The id it was given when it took effect. */
  applied: number | null;
}

interface Client {
  readonly name: string;
  open: Open | null;
  left: number;
}

const now = ({ states }: World): State => states.at(-1) ?? new Map();

function act(world: World, client: Client): void {
  const { open, name } = client;
  if (open === null) {
    if (client.left === 0) return;
    client.left -= 1;
    client.open = { writes: new Map(), snapshot: pastOrNow(world), read: false, asked: false, applied: null };
    world.tokens.push(`${name}[`);
  } else if (open.asked) {
    answer(world, client, open);
  } else {
    work(world, client, open);
  }
}

function work(world: World, client: Client, open: Open): void {
  const { below, random, tokens } = world;
  const { name } = client;
  const key = "ab".charAt(below(2));
  const dice = below(10);
  if (dice < 2) tokens.push(`${name}?${pair(key, seen(world, open).get(key))}`);
  else if (dice < 4) tokens.push(`${name}?{${[...seen(world, open)].map((entry) => entry.join("=")).join(",")}}`);
  else if (dice < 7) {
    const value = random() < 0.25 ? null : String(1 + below(world.values));
    open.writes.set(key, value);
    tokens.push(`${name}!${pair(key, value)}`);
  } else if (dice < 9) {
    open.asked = true;
    tokens.push(`${name}*`);
  } else {
    client.open = null;
    tokens.push(random() < 0.5 ? `${name}]` : `${name}X`);
  }
}

/** Takes effect, is answered, or both, one turn at a time: others act in between. */
function answer(world: World, client: Client, open: Open): void {
  const { below, tokens, random } = world;
  // A manifest that checks what was read, most of the time.
  const outdated = open.read && open.writes.size > 0 && open.snapshot !== now(world) && random() < 0.8;
  if (open.applied === null && !outdated && below(4) > 0) {
    open.applied = open.writes.size > 0 ? ++world.txn : 0;
    const next = new Map(now(world));
    for (const [key, value] of open.writes) value === null ? next.delete(key) : next.set(key, value);
    world.states.push(next);
    return;
  }
  const lied = random() < world.lies / 4;
  client.open = null;
  if (below(3) === 0) tokens.push(below(2) === 0 ? `${client.name}~` : `${client.name}X`);
  else if ((open.applied === null) === lied) tokens.push(`${client.name}+${lied ? 1 + below(6) : open.applied}`);
  else tokens.push(`${client.name}-`);
}

function pastOrNow(world: World): State {
  return (world.random() < world.lies ? world.states[world.below(world.states.length)] : undefined) ?? now(world);
}

/** What a read returns: the session's snapshot, rarely a newer one. */
function seen(world: World, open: Open): State {
  if (world.random() < world.lies / 4) open.snapshot = pastOrNow(world);
  open.read = true;
  return open.snapshot;
}

const pair = (key: string, value: string | null | undefined): string => (value == null ? key : `${key}=${value}`);
