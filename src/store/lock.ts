// One process a folder: a file with its number, which a process that was killed leaves behind.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const NAME = "serve.pid";

/** The folders that this process has: a file with its number may also be left by an earlier process of that number. */
const held = new Set<string>();

/** Takes the folder, or answers the number of the process that has it. */
export function lockFolder(folder: string): { readonly release: () => void } | { readonly holder: number } {
  const path = resolve(folder, NAME);
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      held.add(path);
      const release = (): void => {
        held.delete(path);
        rmSync(path, { force: true });
      };
      return { release };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(readFileSync(path, "utf8"));
    if (holder === process.pid ? held.has(path) : isAlive(holder)) return { holder };
    rmSync(path, { force: true });
  }
}

// --- internal ---

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
