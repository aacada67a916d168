// The difference of two means, and how sure it is.

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * 95 % interval of the difference of the means (Welch's t: B. L. Welch, Biometrika 34, 1947); null where a side has one
 * value only, or none of them varies.
 */
export function welch(a: readonly number[], b: readonly number[]): readonly [low: number, high: number] | null {
  if (a.length < 2 || b.length < 2) return null;
  const [va, vb] = [spread(a), spread(b)];
  if (va + vb === 0) return null;
  const freedom = (va + vb) ** 2 / (va ** 2 / (a.length - 1) + vb ** 2 / (b.length - 1));
  const half = tQuantile(freedom) * Math.sqrt(va + vb);
  const difference = meanOf(b) - meanOf(a);
  return [difference - half, difference + half];
}

// --- internal ---

/** The variance of the mean. */
function spread(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return squares / (values.length - 1) / values.length;
}

/** Student's t, 97.5 %, by degrees of freedom from 1. Between them the lower one's: the interval is a little too wide. */
const T975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

const tQuantile = (freedom: number): number => T975[Math.max(1, Math.floor(freedom)) - 1] ?? 2.042;
