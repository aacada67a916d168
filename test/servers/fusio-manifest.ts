// The real crate fusio-manifest as programs: built by cargo and kept in .cache/cargo between runs.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const VERSIONS = ["0.6.0", "0.6.1"] as const;
export type Version = (typeof VERSIONS)[number];

/** Each version's path from the repository root, or why there is none. */
export type Built =
  | { readonly programs: Readonly<Record<Version, string>> }
  | { readonly programs: undefined; readonly reason: string };

/** For both. From nothing they took 225 s of CPU time. */
const BUILD_MS = 240_000;

export const NO_CARGO = "cargo is not installed";
export const TOO_SLOW = `cargo was not ready within ${BUILD_MS / 1000} s`;

export async function buildFusioManifest(): Promise<Built> {
  try {
    await run("cargo", ["--version"]);
  } catch {
    return { programs: undefined, reason: NO_CARGO };
  }
  const end = Date.now() + BUILD_MS;
  for (const version of VERSIONS) {
    const cwd = fileURLToPath(new URL(`../../targets/rust-fusio-manifest/${version}`, import.meta.url));
    try {
      await run("cargo", ["build", "--release", "--locked"], { cwd, timeout: Math.max(1, end - Date.now()) });
    } catch (error) {
      const { killed, stderr = "" } = error as { readonly killed?: boolean; readonly stderr?: string };
      const [line = ""] = stderr.split("\n").filter((text) => text.startsWith("error"));
      return { programs: undefined, reason: killed === true ? TOO_SLOW : `cargo can't build it: ${line}` };
    }
  }
  return { programs: { "0.6.0": pathOf("0.6.0"), "0.6.1": pathOf("0.6.1") } };
}

// --- internal ---

const run = promisify(execFile);

const pathOf = (version: Version): string => `.cache/cargo/release/fusio-manifest-${version.replaceAll(".", "-")}`;
