// The target in Go: built by its README's command and kept in .cache between runs.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Its path from the repository root, or why there is none. */
export type GoTarget = { readonly program: string } | { readonly program: undefined; readonly reason: string };

/** From nothing it took 55 s of CPU time, and what it needs is fetched. */
const BUILD_MS = 240_000;

export const NO_GO = "go is not installed";

export async function buildGoTarget(): Promise<GoTarget> {
  try {
    await run("go", ["version"]);
  } catch {
    return { program: undefined, reason: NO_GO };
  }
  const cwd = fileURLToPath(new URL("../../targets/go", import.meta.url));
  try {
    await run("go", ["build", "-o", `../../${PROGRAM}`, "."], { cwd, timeout: BUILD_MS });
    return { program: PROGRAM };
  } catch (error) {
    const { killed, stderr = "" } = error as { readonly killed?: boolean; readonly stderr?: string };
    const why = killed === true ? `it took longer than ${BUILD_MS / 1000} s` : stderr.trim().split("\n")[0];
    return { program: undefined, reason: `go can't build it: ${why}` };
  }
}

// --- internal ---

const run = promisify(execFile);

const PROGRAM = ".cache/go-target";
