// Fewer rows of a long table: those that matter and those around them; what is left out is said.

export interface Row {
  readonly text: string;
  /** 0 for rows that need not be there. */
  readonly weight: number;
}

/** At most `rows` lines, in order. Rows of weight come first, then those nearest to one, then the first and last. */
export function fewerRows(body: readonly Row[], rows: number): string[] {
  if (body.length <= rows) return body.map(({ text }) => text);
  const order = byImportance(body);
  for (let kept = rows - 1; kept > 0; kept -= 1) {
    const lines = linesWith(body, new Set(order.slice(0, kept)));
    if (lines.length <= rows) return lines;
  }
  return [gap(body.length)];
}

// --- internal ---

function byImportance(body: readonly Row[]): readonly number[] {
  const anchors = body.flatMap(({ weight }, i) => (weight > 0 ? [i] : []));
  if (anchors.length === 0) anchors.push(0, body.length - 1);
  const distance = (i: number): number => Math.min(...anchors.map((anchor) => Math.abs(anchor - i)));
  return body
    .map(({ weight }, i) => ({ i, weight, distance: distance(i) }))
    .sort((a, b) => b.weight - a.weight || a.distance - b.distance || a.i - b.i)
    .map(({ i }) => i);
}

function linesWith(body: readonly Row[], kept: ReadonlySet<number>): string[] {
  const lines: string[] = [];
  let left = 0;
  for (const [i, { text }] of body.entries()) {
    if (!kept.has(i)) {
      left += 1;
      continue;
    }
    if (left > 0) lines.push(gap(left));
    left = 0;
    lines.push(text);
  }
  return left > 0 ? [...lines, gap(left)] : lines;
}

const gap = (rows: number): string => `     ... ${rows} ${rows === 1 ? "row" : "rows"} left out`;
