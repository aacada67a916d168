// What `check` says in the end: one document for programs, one page for people.
import type { CampaignResult } from "../run/campaign.js";

/** What the report has to know beside the result. */
export interface CheckContext {
  readonly seed: number;
  readonly target: string;
  readonly tier: string;
  readonly trace: string | null;
}

/** The document that `check --json` prints. */
export function checkDocument(result: CampaignResult, { seed, target, tier, trace }: CheckContext): object {
  const { verdict, tally, violation, elapsedMs, interrupted } = result;
  return {
    verdict,
    seed,
    target,
    tier,
    runs: tally.runs,
    steps: tally.steps,
    elapsedMs: Math.round(elapsedMs),
    interrupted,
    violation:
      violation === null
        ? null
        : {
            property: violation.property,
            promise: violation.promise,
            message: violation.message,
            trace,
            run: violation.run,
            clients: violation.plan.clients.length,
            operations: violation.evidence.record.history.filter((event) => event.type === "invoke").length,
            steps: violation.evidence.lanes.length,
            faults: violation.plan.faults.length,
          },
    unknown: { runs: tally.unknown, because: tally.unknownBecause ?? null },
    repeatedOnSdk: tally.twins,
    reached: sorted(tally.reached),
    struck: sorted(tally.struck),
  };
}

/** The page that `check` prints: the verdict first, then what was reached and what never was. */
export function checkPage(result: CampaignResult, context: CheckContext): string {
  const { tally, violation, elapsedMs } = result;
  const perSecond = Math.round(tally.runs / Math.max(elapsedMs / 1000, 0.001));
  const lines = [
    `${headline(result, context)}`,
    `${number(tally.runs)} runs, ${number(tally.steps)} steps, ${number(perSecond)} runs/s on the ${context.tier} tier, seed ${context.seed}`,
  ];
  if (tally.twins > 0)
    lines.push(`${number(tally.twins)} of the runs once more through the real S3Client: the same histories`);
  lines.push("", ...table("reached", tally.reached), "", ...table("faults that struck", tally.struck));
  const never = Object.entries(tally.reached)
    .filter(([, count]) => count === 0)
    .map(([name]) => name);
  if (never.length > 0) lines.push("", `never reached: ${never.join(", ")}`);
  if (tally.unknown > 0)
    lines.push("", `${number(tally.unknown)} runs could not be judged, the first because ${tally.unknownBecause}`);
  if (violation !== null) {
    lines.push(
      "",
      `${violation.promise} ${violation.property}: ${violation.claim}`,
      violation.message,
      `trace: ${context.trace}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

// --- internal ---

function headline({ verdict, interrupted, violation }: CampaignResult, { target }: CheckContext): string {
  const cut = interrupted ? " (interrupted)" : "";
  if (violation !== null) return `INVALID: ${target} breaks "${violation.property}" in run ${violation.run}${cut}`;
  if (verdict === "unknown") return `UNKNOWN: nothing can be concluded about ${target}${cut}`;
  return `VALID: ${target} kept every promise in every run${cut}`;
}

/** Counts in columns, 80 characters wide, what was never reached left to the line below. */
function table(title: string, counts: Readonly<Record<string, number>>): string[] {
  const cells = Object.entries(sorted(counts))
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `  ${name.padEnd(26)}${number(count).padStart(10)}`);
  const rows: string[] = [];
  for (let i = 0; i < cells.length; i += 2) rows.push(`${cells[i]}${cells[i + 1] ?? ""}`.trimEnd());
  return [`${title}:${cells.length === 0 ? " nothing" : ""}`, ...rows];
}

const number = (n: number): string => n.toLocaleString("en-US");

const sorted = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
