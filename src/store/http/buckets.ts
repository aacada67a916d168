// The buckets that an endpoint has.

export interface Buckets {
  readonly has: (bucket: string) => boolean;
  /** In the order of their names. */
  readonly names: () => readonly string[];
  /** Absent: none can be made here. */
  readonly create?: (bucket: string) => void | Promise<void>;
  /** Absent: none can be removed here. Answers false where the bucket is not empty. */
  readonly remove?: (bucket: string) => boolean | Promise<boolean>;
}

/** Just these, for good. */
export const fixedBuckets = (...names: readonly string[]): Buckets => ({
  has: (bucket) => names.includes(bucket),
  names: () => [...names].sort(),
});

/** AWS, "General purpose bucket naming rules". */
export const isBucketName = (name: string): boolean =>
  /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
  !name.includes("..") &&
  !/^\d+(\.\d+){3}$/.test(name) &&
  !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
  !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
