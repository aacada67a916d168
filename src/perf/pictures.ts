// Draws results with plot_results.py, in a Python environment that is made once and kept.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { makeFolder } from "../run/folder.js";

/** Why there are no pictures, in one line. */
export class PicturesError extends Error {
  override readonly name = "PicturesError";
}

export interface Picture {
  readonly csv: string;
  readonly column: string;
  readonly title: string;
}

/**
 * A Python with the libraries of requirements.txt: an environment below `.cache` in `root`, this program's own folder,
 * made with `python3 -m venv` and pip where it is missing. Rejects with PicturesError where that can't be done.
 */
export async function preparePython(root: string, say: (line: string) => void): Promise<string> {
  const folder = join(root, ".cache");
  const requirements = join(root, "requirements.txt");
  const digest = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const environment = join(folder, `plot-${digest}`);
  const python = join(environment, "bin", "python");
  if (existsSync(join(environment, "ready"))) return python;
  say("preparing a Python environment for the pictures, once");
  rmSync(environment, { recursive: true, force: true });
  makeFolder(folder);
  // -I: a module in the user's folder or PYTHONPATH, such as a re.py, must not stand in for Python's own.
  await command("python3", ["-I", "-m", "venv", environment]);
  const pip = ["-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", requirements];
  await command(python, pip);
  writeFileSync(join(environment, "ready"), "");
  return python;
}

/** Draws one result; the pictures' paths. Rejects with PicturesError. */
export async function drawPicture(
  python: string,
  root: string,
  { csv, column, title }: Picture,
): Promise<readonly string[]> {
  const output = await command(python, ["-I", join(root, "plot_results.py"), csv, column, title]);
  return output.trim().split("\n");
}

// --- internal ---

const run = promisify(execFile);

/** Settings of pip, which -I does not shut out, that would install somewhere else than into the environment. */
const OF_PIP = { PIP_USER: "0", PIP_TARGET: undefined, PIP_PREFIX: undefined, PIP_ROOT: undefined };

async function command(program: string, args: readonly string[]): Promise<string> {
  try {
    return (await run(program, [...args], { env: { ...process.env, ...OF_PIP } })).stdout;
  } catch (error) {
    const { stderr = "", message = "" } = error as { stderr?: string; message?: string };
    const lines = (stderr.trim() || message).split("\n");
    throw new PicturesError(`${program} ${args.slice(0, 3).join(" ")}: ${lines.at(-1)}`);
  }
}
