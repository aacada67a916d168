// A key with a value, as one string: to count who wrote it and who saw it, and to tell it to people.

/** Different for different pairs, whatever characters are in them. */
export const pairOf = (key: string, value: string | null): string =>
  value === null ? `${key.length} ${key}` : `${key.length} ${key}=${value}`;

/** A key and what was found under it, in words. */
export const say = (key: string, value: string | null): string => (value === null ? `no ${key}` : `${key}=${value}`);
