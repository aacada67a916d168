// Who lost a race to whom: for each commit that was told `conflict`, whether anybody can have won. A search of all
// transactions for each conflict would be quadratic, and timed runs have conflicts by the ten thousand.
import type { Transaction } from "../model/transaction.js";

/** The latest end among the commits asked for so far, and the latest of any other client's. */
interface Best {
  readonly client: string;
  readonly end: number;
  readonly othersEnd: number;
}

export class Contest {
  private readonly byClient = new Map<string, Transaction[]>();
  /** Everybody who may have committed writes, by the moment at which he asked; and the best up to each of them. */
  private readonly asked: number[] = [];
  private readonly best: Best[] = [];

  /** In the order of their begins. */
  constructor(transactions: readonly Transaction[]) {
    for (const transaction of transactions) {
      if (transaction.commit < 0) continue;
      const own = this.byClient.get(transaction.client);
      if (own === undefined) this.byClient.set(transaction.client, [transaction]);
      else own.push(transaction);
    }
    const rivals = transactions.filter(({ writes }) => writes.size > 0).filter(mayHaveCommitted);
    let best: Best = { client: "", end: -1, othersEnd: -1 };
    for (const rival of rivals.sort((one, other) => one.commit - other.commit)) {
      best = better(best, rival);
      this.asked.push(rival.commit);
      this.best.push(best);
    }
  }

  /**
   * Whether the commit of `client` that was answered at event `index` can have lost to another client's: one with
   * writes, asked for before the answer, that was not over when the loser began. True where there was no such commit.
   */
  hasWinner(client: string, index: number): boolean {
    const own = this.byClient.get(client) ?? [];
    const loser = own[countBelow(own.length, (i) => (own[i]?.commit ?? 0) < index) - 1];
    if (loser === undefined) return true;
    const best = this.best[countBelow(this.asked.length, (i) => (this.asked[i] ?? 0) < index) - 1];
    return best !== undefined && (best.client === client ? best.othersEnd : best.end) > loser.begin;
  }
}

// --- internal ---

const mayHaveCommitted = ({ outcome }: Transaction): boolean => outcome === "committed" || outcome === "unknown";

function better(best: Best, { client, end, outcome }: Transaction): Best {
  const over = outcome === "unknown" ? Number.POSITIVE_INFINITY : end;
  if (client === best.client) return { ...best, end: Math.max(best.end, over) };
  if (over > best.end) return { client, end: over, othersEnd: best.end };
  return { ...best, othersEnd: Math.max(best.othersEnd, over) };
}

/** How many of `length` ascending things hold, where those that do come first. */
function countBelow(length: number, holds: (i: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
