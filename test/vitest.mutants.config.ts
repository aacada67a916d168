// What mutants of the checkers are tried on: their unit tests and the judges' suites, not the whole.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["{model,properties}/**/*.test.ts"],
    exclude: ["properties/promises.test.ts"],
    env: { MANIFEST_CHAOS_HISTORIES: process.env["MANIFEST_CHAOS_HISTORIES"] ?? "150" },
    testTimeout: 60_000,
  },
});
