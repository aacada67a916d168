// What was found in the crate: each recorded trace breaks the same promise again, by the command that it names.
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { libfaketime } from "../servers/libfaketime.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const FOLDER = "traces/fusio-manifest";

const files = readdirSync(join(root, FOLDER)).map((name) => join(FOLDER, name));
/** What needs the clocks of processes set. */
const byClock = files.filter((file) => readFileSync(join(root, file), "utf8").includes('"clocks":"set"'));

const found = await libfaketime();

export function findings(): void {
  const left = "library" in found ? [] : byClock;
  const title = "library" in found ? "every trace replays" : `every trace but ${left.length} (${found.reason}) replays`;
  const set: Readonly<Record<string, string>> = "library" in found ? { LIBFAKETIME: found.library } : {};
  test.each([1, 2, 3])(`${title}, time %i of 3`, async () => {
    const { status, stdout } = await replay(
      files.filter((file) => !left.includes(file)),
      set,
    );
    const { traces } = JSON.parse(stdout) as { readonly traces: readonly Replayed[] };
    expect([byClock.length, traces.length]).toEqual([7, files.length - left.length]);
    expect(traces.filter(({ reproduced }) => !reproduced)).toEqual([]);
    expect(status).toBe(1);
  });
}

// --- internal ---

interface Replayed {
  readonly file: string;
  readonly reproduced: boolean;
}

function replay(
  traces: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly status: unknown; readonly stdout: string }> {
  const args = ["dist/src/cli/main.js", "replay", ...traces, "--json"];
  return new Promise((resolve) =>
    execFile(process.execPath, args, { cwd: root, env: { ...process.env, ...env } }, (error, stdout) =>
      resolve({ status: error?.code, stdout }),
    ),
  );
}
