// What `replay` says of one trace.

export interface ReplayOutcome {
  readonly verdict: "valid" | "invalid" | "unknown";
  readonly reproduced: boolean;
  readonly property: string | null;
  readonly message: string | null;
  readonly personalities: readonly string[];
  readonly diverged: { readonly step: number; readonly expected: string; readonly got: string } | null;
  /** Where a program that keeps its promises now went another way. */
  readonly elsewhere: ReplayOutcome["diverged"];
}

/** A few lines: reproduced, fixed, changed, or diverged and where. */
export function replayPage(file: string, outcome: ReplayOutcome): string {
  const { personalities } = outcome;
  const store = personalities.length === 0 ? "" : `  the store breaks S3's contract: ${personalities.join(", ")}\n`;
  return outcomePage(file, outcome) + store;
}

// --- internal ---

function outcomePage(
  file: string,
  { verdict, reproduced, property, message, diverged, elsewhere }: ReplayOutcome,
): string {
  if (reproduced) return `${file}: reproduced: ${property}\n  ${message}\n`;
  const broken =
    verdict === "invalid" ? `it now breaks ${property}: ${message}` : `nothing can be concluded: ${message}`;
  const now = verdict === "valid" ? "every promise was kept" : broken;
  if (elsewhere !== null)
    return `${file}: fixed, or another run: ${now}; from step ${elsewhere.step} on it went differently: expected ${short(elsewhere.expected)}, got ${short(elsewhere.got)}\n`;
  if (diverged === null) return `${file}: ${verdict === "valid" ? "fixed" : "changed"}: ${now}\n`;
  const { step, expected, got } = diverged;
  return `${file}: diverged at step ${step}: expected ${short(expected)}, got ${short(got)}\n  ${now}\n`;
}

/** Events are printed as JSON; what is long in them is rarely what differs. */
const SHORT_MAX = 200;
const short = (text: string): string => (text.length > SHORT_MAX ? `${text.slice(0, SHORT_MAX)}...` : text);
