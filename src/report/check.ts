// What `check` says in the end: one document for programs, one page for people.
import type { AimedCount, AimedResult } from "../run/aimed/aimed.js";
import type { CampaignResult } from "../run/campaign.js";
import { explanationOf } from "./explanation.js";
import { type FindingSummary, findingPage, operationsOf } from "./finding.js";

/** What the report has to know beside the result. */
export interface CheckContext {
  readonly seed: number;
  readonly target: string;
  readonly tier: string;
  /** How the store breaks S3's contract. */
  readonly personalities: readonly string[];
  /** What a program's own clocks are; undefined for a target in process, whose are always the plan's. */
  readonly clocks?: string;
  readonly finding: FindingSummary | null;
  /** Characters across, for people. */
  readonly width: number;
}

/** The document that `check --json` prints. */
export function checkDocument(
  result: CampaignResult | AimedResult,
  { seed, target, tier, personalities, clocks, finding }: CheckContext,
): object {
  const { verdict, tally, elapsedMs, interrupted } = result;
  return {
    verdict,
    seed,
    target,
    tier,
    personalities: finding?.violation.plan.personalities ?? personalities,
    runs: tally.runs,
    steps: tally.steps,
    elapsedMs: Math.round(elapsedMs),
    interrupted,
    violation: finding === null ? null : violationOf(finding),
    unknown: { runs: tally.unknown, because: tally.unknownBecause ?? null },
    repeatedOnSdk: tally.twins,
    comparedBySecondChecker: tally.compared,
    ...(clocks === undefined ? {} : { clocks }),
    ...("aimed" in result ? { aimed: result.aimed } : {}),
    reached: sorted(tally.reached),
    struck: sorted(tally.struck),
  };
}

/** The page that `check` prints: the verdict first, then what was reached and what never was. */
export function checkPage(result: CampaignResult | AimedResult, context: CheckContext): string {
  const { finding } = context;
  if (finding !== null) {
    const cut = result.interrupted ? ["interrupted: what was found so far"] : [];
    return findingPage(finding, {
      ...context,
      notes: [
        ...storeLines(finding.violation.plan.personalities ?? []),
        ...clockLines(context),
        ...aimedLines(result),
        ...cut,
      ],
    });
  }
  const { tally, elapsedMs } = result;
  const perSecond = Math.round(tally.runs / Math.max(elapsedMs / 1000, 0.001));
  const lines = [
    headline(result, context),
    `${number(tally.runs)} runs, ${number(tally.steps)} steps, ${number(perSecond)} runs/s on the ${context.tier} tier, seed ${context.seed}`,
  ];
  lines.push(...storeLines(context.personalities), ...clockLines(context), ...aimedLines(result));
  if (tally.twins > 0)
    lines.push(`${number(tally.twins)} of the runs once more through the real S3Client: the same histories`);
  if (tally.compared > 0)
    lines.push(
      `${number(tally.compared)} of the runs judged by the second, independent checker too: the same verdicts`,
    );
  lines.push("", ...table("reached", tally.reached), "", ...table("faults that struck", tally.struck));
  const never = Object.entries(tally.reached)
    .filter(([, count]) => count === 0)
    .map(([name]) => name);
  if (never.length > 0) lines.push("", `never reached: ${never.join(", ")}`);
  if (tally.unknown > 0)
    lines.push("", `${number(tally.unknown)} runs could not be judged, the first because ${tally.unknownBecause}`);
  return `${lines.join("\n")}\n`;
}

// --- internal ---

function headline({ verdict, interrupted }: CampaignResult, { target }: CheckContext): string {
  const cut = interrupted ? " (interrupted)" : "";
  if (verdict === "unknown") return `UNKNOWN: nothing can be concluded about ${target}${cut}`;
  return `VALID: ${target} kept every promise in every run${cut}`;
}

function violationOf({ violation, path, known, tried, complete }: FindingSummary): object {
  const { history } = violation.evidence.record;
  return {
    property: violation.property,
    promise: violation.promise,
    message: violation.message,
    trace: path,
    run: violation.run,
    clients: violation.plan.clients.length,
    operations: operationsOf(violation),
    steps: violation.evidence.lanes.length,
    faults: violation.plan.faults.length,
    events: history.length,
    explanation: explanationOf(history),
    known,
    shrunk: { tried, complete },
  };
}

/** That the store is not S3, where it is not: no verdict may be read without it. */
const storeLines = (personalities: readonly string[]): string[] =>
  personalities.length === 0 ? [] : [`the store breaks S3's contract: ${personalities.join(", ")}`];

const clockLines = ({ clocks }: CheckContext): string[] =>
  clocks === undefined ? [] : [`its processes' own clocks: ${clocks}`];

/** Where faults were aimed: how many places there are, and whether these were all. */
function aimedLines(result: CampaignResult | AimedResult): string[] {
  if (!("aimed" in result)) return [];
  const { plans, one, two, counted, complete } = result.aimed;
  const size = `aimed at ${number(plans)} ${plans === 1 ? "plan" : "plans"}: ${placesOf(one)} places for one fault`;
  if (!counted) return [`${size}; more were not counted`];
  const rest = complete ? "these are all there are, zombies and pauses at every moment" : "the others were not tried";
  return [`${size}, ${placesOf(two)} for two`, rest];
}

const placesOf = ({ places, tried }: AimedCount["one"]): string => `${number(tried)} of ${number(places)}`;

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
