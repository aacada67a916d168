// How many random histories, or runs, a test tries: otherwise where each test runs thousands of times (docs/mutants.md).
const unlessTold = (variable: string, usual: number): number => Number(process.env[variable] ?? usual);

export const histories = (usual: number): number => unlessTold("MANIFEST_CHAOS_HISTORIES", usual);
export const runs = (usual: number): number => unlessTold("MANIFEST_CHAOS_RUNS", usual);
