// What was found in the crate: each recorded trace breaks the same promise again, by the command that it names.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const FOLDER = "traces/fusio-manifest";

export function findings(): void {
  test.each([1, 2, 3])("every trace replays, time %i of 3", async () => {
    const { status, stdout } = await replay();
    const { traces } = JSON.parse(stdout) as { readonly traces: readonly Replayed[] };
    expect(traces.length).toBeGreaterThanOrEqual(23);
    expect(traces.filter(({ reproduced }) => !reproduced)).toEqual([]);
    expect(status).toBe(1);
  });
}

// --- internal ---

interface Replayed {
  readonly file: string;
  readonly reproduced: boolean;
}

function replay(): Promise<{ readonly status: unknown; readonly stdout: string }> {
  const args = ["dist/src/cli/main.js", "replay", FOLDER, "--json"];
  return new Promise((resolve) =>
    execFile(process.execPath, args, { cwd: root }, (error, stdout) => resolve({ status: error?.code, stdout })),
  );
}
