// libfaketime: the one that is installed, else the one that a package of Python's brings, made once and kept in .cache.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { installedLibrary } from "../../src/targets/program/own-clock.js";

/** Of libfaketime on PyPI. Its library is for x86-64 Linux. */
const VERSION = "3.0.1";
const run = promisify(execFile);

/** The library's path, or why there is none. */
export async function libfaketime(): Promise<{ readonly library: string } | { readonly reason: string }> {
  const library = installedLibrary(process.env);
  if (library !== undefined) return { library };
  if (process.platform !== "linux" || process.arch !== "x64") return { reason: "none is packaged for this machine" };
  const environment = fileURLToPath(new URL(`../../.cache/libfaketime-${VERSION}`, import.meta.url));
  if (!existsSync(environment)) await make(environment);
  const found = readdirSync(environment, { recursive: true }).find((path) =>
    String(path).endsWith("/libfaketime.so.1"),
  );
  return found === undefined ? { reason: "the package has no library" } : { library: join(environment, String(found)) };
}

// --- internal ---

/** Elsewhere first, then moved: two test files may do this at the same time, and the later one finds it made. */
async function make(environment: string): Promise<void> {
  mkdirSync(dirname(environment), { recursive: true });
  const fresh = mkdtempSync(`${environment}-`);
  await run("python3", ["-I", "-m", "venv", fresh]);
  const pip = ["-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  await run(join(fresh, "bin", "python"), [...pip, `libfaketime==${VERSION}`]);
  try {
    renameSync(fresh, environment);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(environment)) throw error;
  }
}
