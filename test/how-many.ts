// How many random histories a test of the checkers tries.

/** `full`, or fewer where the mutants' config says so (test/vitest.mutants.config.ts): there each test runs thousands of times. */
export const histories = (full: number): number =>
  Math.min(full, Number(process.env["MANIFEST_CHAOS_HISTORIES"] ?? full));
