import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["{src,model,properties,test}/**/*.test.ts"],
    testTimeout: 60_000,
    pool: "forks",
    // Two on the usual machine of two cores; by itself vitest leaves one core to others.
    maxWorkers: "100%",
  },
});
