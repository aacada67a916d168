// The closing line of .ci/run, from vitest's JSON report (which is absent where an earlier stage failed).
import { existsSync, readFileSync } from "node:fs";

const [file = "", status = "1"] = process.argv.slice(2);
const suites = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).testResults : [];
const states = suites.flatMap((suite) => {
  const tests = suite.assertionResults.map((test) => test.status);
  // A suite can fail beside its tests: it doesn't load, or a hook throws.
  return suite.status === "failed" && !tests.includes("failed") ? [...tests, "failed"] : tests;
});

const passed = states.filter((state) => state === "passed").length;
const broken = states.filter((state) => state === "failed").length;
const skipped = states.length - passed - broken;
// Where something else went wrong (install, types, lint, arrows, unused, an unhandled error), it is the one failure.
const failed = broken === 0 && status !== "0" ? 1 : broken;

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
