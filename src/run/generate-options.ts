// What the generator may draw from.
export interface GenerateOptions {
  /** Kinds of faults that may be drawn. */
  readonly faults: readonly string[];
  /** Strategies that may be drawn. */
  readonly strategies: readonly string[];
  /** How the store of every run breaks S3's contract. */
  readonly personalities: readonly string[];
}
