// The tree of a plan's schedules, walked depth first, each schedule once up to swapping neighbours that commute: sleep
// sets, Godefroid, Partial-Order Methods for the Verification of Concurrent Systems, LNCS 1032, 1996.
import { races } from "../../sim/races.js";
import type { Strategy, Waiting } from "../../sim/waiting.js";
import type { StoreRequest } from "../../store/request.js";

/** What a step's client noted down before it waited again: real time is the order of answers and later invokes. */
export interface Noted {
  asked: boolean;
  answered: boolean;
  /** The store refused: whatever the request was, it only looked. */
  refused: boolean;
}

interface Move extends Noted {
  readonly lane: number;
  readonly request: StoreRequest | undefined;
}

interface Node {
  move: Move;
  readonly waiting: readonly Move[];
  /** Moves that need not be made here: made already, and nothing since has told the difference. */
  readonly asleep: Map<number, Move>;
}

export class ScheduleTree {
  /** True where the last run went on below a node at which all moves sleep: another schedule stands for it. */
  redundant = false;
  /** What clients note down during the step under way: filled in by whoever watches them. */
  readonly noted: Noted = { asked: false, answered: false, refused: false };
  private readonly path: Node[] = [];
  private depth = 0;

  /** `reduced` false: every schedule, whatever commutes. */
  constructor(private readonly reduced: boolean) {}

  /** For one run: follows the path, and leaves it at its end. */
  strategy(): Strategy {
    this.depth = 0;
    this.redundant = false;
    this.listen();
    return { pick: (waiting) => this.pick(waiting) };
  }

  /** After a run: moves on to the next schedule; false when there is none. */
  next(): boolean {
    if (!this.redundant) this.settle();
    for (let node = this.path.at(-1); node !== undefined; node = this.path.at(-1)) {
      const { asleep, move, waiting } = node;
      asleep.set(move.lane, move);
      const other = waiting.find(({ lane }) => !asleep.has(lane));
      if (other !== undefined) {
        node.move = { ...other };
        return true;
      }
      this.path.pop();
    }
    return false;
  }

  // --- internal ---

  private pick(waiting: readonly Waiting[]): number {
    if (this.redundant) return 0;
    this.settle();
    this.listen();
    const node = this.path[this.depth] ?? this.grow(waiting);
    if (node === undefined) {
      this.redundant = true;
      return 0;
    }
    this.depth += 1;
    return waiting.findIndex(({ lane }) => lane === node.move.lane);
  }

  /** What the step before has led its client to note belongs to that move. */
  private settle(): void {
    const before = this.path[this.depth - 1];
    if (before === undefined) return;
    before.move.asked = this.noted.asked;
    before.move.answered = this.noted.answered;
    before.move.refused = this.noted.refused;
  }

  private listen(): void {
    this.noted.asked = false;
    this.noted.answered = false;
    this.noted.refused = false;
  }

  private grow(waiting: readonly Waiting[]): Node | undefined {
    const parent = this.path.at(-1);
    const asleep = new Map<number, Move>();
    for (const [lane, move] of parent?.asleep ?? [])
      if (this.reduced && parent !== undefined && commute(move, parent.move)) asleep.set(lane, move);
    const moves = waiting.map(({ lane, request }) => ({
      lane,
      request,
      asked: false,
      answered: false,
      refused: false,
    }));
    const first = moves.find(({ lane }) => !asleep.has(lane));
    if (first === undefined) return undefined;
    const node: Node = { move: { ...first }, waiting: moves, asleep };
    this.path.push(node);
    return node;
  }
}

// --- internal ---

/**
 * True where the order of two neighbouring moves can't be told: not from the store's answers, not from its content,
 * not from who was answered before whom asked. A DELETE counts as both, for it matters whose session is open then. An
 * alarm moves the clock and commutes with nothing.
 */
function commute(a: Move, b: Move): boolean {
  if (a.lane === b.lane || a.request === undefined || b.request === undefined) return false;
  if (races(effective(a, a.request), effective(b, b.request))) return false;
  const [one, other] = [marksOf(a), marksOf(b)];
  return !(one.asked && other.answered) && !(one.answered && other.asked);
}

/** A refused write is a read. */
const effective = ({ refused }: Move, request: StoreRequest): StoreRequest =>
  refused ? { method: "GET", key: request.key } : request;

const marksOf = ({ request, asked, answered }: Move): Pick<Noted, "asked" | "answered"> =>
  request?.method === "DELETE" ? { asked: true, answered: true } : { asked, answered };
