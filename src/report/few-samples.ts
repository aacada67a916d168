// Which percentiles of a result are no more than the slowest sample, at which points, and of how many samples.
import { wrapped } from "./wrapped.js";

type Row = Readonly<Record<string, string | number | null>>;

/** A percentile of fewer than `needs` samples is the slowest of them: one in twenty, one in a hundred. */
const PERCENTILES = [
  { column: "write_p95_ms", samples: "writes_ok", needs: 20 },
  { column: "write_p99_ms", samples: "writes_ok", needs: 100 },
  { column: "precond_p99_ms", samples: "conflicts", needs: 100 },
  { column: "read_p95_ms", samples: "reads_ok", needs: 20 },
  { column: "read_p99_ms", samples: "reads_ok", needs: 100 },
];

/** What there has to be some of, for there to be any percentile at all. */
const EXPECTED = [
  { samples: "writes_ok", clients: "num_writers", what: "write" },
  { samples: "reads_ok", clients: "num_readers", what: "read" },
];

/** Sentences in lines of at most `width`; none where every percentile is one. `nameOf` says which point a row is of. */
export function fewSamples(rows: readonly Row[], nameOf: (row: Row) => string, width: number): readonly string[] {
  const none = EXPECTED.flatMap(({ samples, clients, what }) => {
    const points = rows.filter((row) => Number(row[clients]) > 0 && Number(row[samples] ?? 0) === 0).map(nameOf);
    return points.length === 0 ? [] : [`no ${what} was answered ok in the time measured: ${some(points)}`];
  });
  const few = PERCENTILES.flatMap(({ column, samples, needs }) => {
    const points = rows
      .filter((row) => Number(row[samples] ?? 0) > 0 && Number(row[samples]) < needs)
      .map((row) => `${row[samples]} at ${nameOf(row)}`);
    return points.length === 0 ? [] : [`few samples for ${column} (below ${needs} it is the slowest): ${some(points)}`];
  });
  return [...none, ...few].flatMap((text) =>
    wrapped(text, width - INDENT.length).map((line, i) => (i === 0 ? line : INDENT + line)),
  );
}

// --- internal ---

const NAMED_MAX = 6;
const INDENT = "  ";

const some = (points: readonly string[]): string =>
  points.length <= NAMED_MAX
    ? points.join(", ")
    : `${points.slice(0, NAMED_MAX).join(", ")} and ${points.length - NAMED_MAX} more`;
