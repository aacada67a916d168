// A key with a value, as one string: to count who wrote it and who saw it.

/** Different for different pairs, whatever characters are in them. */
export const pairOf = (key: string, value: string): string => `${key.length} ${key}=${value}`;
