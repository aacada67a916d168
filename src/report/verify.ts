// What `verify` says of a history to people.
import type { Explanation } from "../../model/cycles/explain.js";
import { explained } from "./explanation.js";

export interface Verified {
  readonly verdict: "valid" | "invalid" | "unknown";
  readonly violation: {
    readonly property: string;
    readonly promise: string;
    readonly claim: string;
    readonly message: string;
    readonly explanation: Explanation | null;
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
    const { property, promise, claim, message, explanation } = violation;
    return [
      `INVALID: ${file} breaks ${promise} ${property}`,
      claim,
      "",
      message,
      ...(explanation === null ? [] : ["", ...explained(explanation), ""]),
      "(events are numbered by the file's lines)",
      `${size}`,
      "",
    ].join("\n");
  }
  if (verdict === "unknown") return `UNKNOWN: ${file}: ${unknownBecause}\n${size}\n`;
  return `VALID: one order of the transactions in ${file} explains every answer\n${size}\n`;
}
