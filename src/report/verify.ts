// What `verify` says of a history to people.

export interface Verified {
  readonly verdict: "valid" | "invalid" | "unknown";
  readonly violation: {
    readonly property: string;
    readonly promise: string;
    readonly claim: string;
    readonly message: string;
  } | null;
  readonly unknownBecause: string | null;
  readonly operations: number;
  readonly elapsedMs: number;
}

/** The verdict first, then why. */
export function verifyPage(
  file: string,
  { verdict, violation, unknownBecause, operations, elapsedMs }: Verified,
): string {
  const size = `${operations.toLocaleString("en-US")} operations, judged in ${(elapsedMs / 1000).toFixed(1)} s`;
  if (violation !== null) {
    const { property, promise, claim, message } = violation;
    const lines = "(events are numbered by the file's lines)";
    return `INVALID: ${file} breaks ${promise} ${property}\n${claim}\n\n${message}\n${lines}\n${size}\n`;
  }
  if (verdict === "unknown") return `UNKNOWN: ${file}: ${unknownBecause}\n${size}\n`;
  return `VALID: one order of the transactions in ${file} explains every answer\n${size}\n`;
}
