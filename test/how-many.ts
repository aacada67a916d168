// How many random histories, or runs, a test tries: fewer where each test runs thousands of times (docs/mutants.md).
const atMost = (variable: string, full: number): number => Math.min(full, Number(process.env[variable] ?? full));

export const histories = (full: number): number => atMost("MANIFEST_CHAOS_HISTORIES", full);
export const runs = (full: number): number => atMost("MANIFEST_CHAOS_RUNS", full);
