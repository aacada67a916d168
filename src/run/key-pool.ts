// The pools that clients take their keys from: one in common, and one for each client alone.

/** The `i`-th key of the common pool. */
export const commonKey = (i: number): string => `k${i}`;

/** The `i`-th key of a client's own pool. */
export const ownKey = (client: string, i: number): string => `${client}-k${i}`;
