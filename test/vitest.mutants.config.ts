// What mutants of the checkers are tried on: their unit tests, not suites of the whole. Random histories take long and kill
// few, so they are tried only on as many as MANIFEST_CHAOS_HISTORIES says (docs/mutants.md).
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const random = process.env["MANIFEST_CHAOS_HISTORIES"] === undefined ? ["**/agreement.test.ts"] : [];

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["{model,properties}/**/*.test.ts"],
    exclude: ["properties/promises.test.ts", ...random],
    testTimeout: 60_000,
  },
});
