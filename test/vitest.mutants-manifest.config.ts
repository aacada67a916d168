// What mutants of the manifest are tried on: its unit tests, then a short campaign.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["src/manifest/**/*.test.ts", "test/short-campaign.test.ts"],
    env: { MANIFEST_CHAOS_RUNS: process.env["MANIFEST_CHAOS_RUNS"] ?? "100" },
    testTimeout: 60_000,
  },
});
