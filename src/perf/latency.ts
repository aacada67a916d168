// Latency models: how long a request takes, by its kind. latency-models.ts has those that ship, latency-file.ts reads one's own.

/** Kinds of requests that a model tells apart. HEAD, where it is missing, is as GET. */
export const KINDS = ["GET", "HEAD", "PUT", "DELETE", "LIST"] as const;
export type Kind = (typeof KINDS)[number];

/** Points of a distribution: [percent of requests, milliseconds], ascending, from 0 to 100. Straight lines between. */
export type Quantiles = readonly (readonly [percent: number, ms: number])[];

export interface LatencyModel {
  readonly name: string;
  /** Where the figures come from, for whoever asks. */
  readonly source: string;
  readonly requests: Readonly<Partial<Record<Kind, Quantiles>>> & Readonly<Record<"GET" | "PUT", Quantiles>>;
}

/** The time of one request of that kind, milliseconds; `chance` is drawn from [0, 1). */
export function latencyOf(model: LatencyModel, kind: Kind, chance: number): number {
  const { requests } = model;
  const fallback = kind === "HEAD" || kind === "LIST" ? requests.GET : requests.PUT;
  const points = requests[kind] ?? fallback;
  const percent = 100 * chance;
  for (let i = 1; i < points.length; i += 1) {
    const [from, low] = points[i - 1] ?? [0, 0];
    const [to, high] = points[i] ?? [100, 0];
    if (percent <= to) return to === from ? high : low + ((high - low) * (percent - from)) / (to - from);
  }
  return points.at(-1)?.[1] ?? 0;
}

/** The percents at which a model is written down. */
export const PERCENTS = [0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 99.9, 100];

/** Milliseconds, to the microsecond. */
export const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
