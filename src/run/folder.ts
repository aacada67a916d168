// Folders for what a command writes.
import { existsSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes the folder and those above it, where they are missing. Throws the system's error where that can't be done. (Node
 * 20's own `recursive` never ends where the parent exists and yet nothing can be in it, such as /proc/x.)
 */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else may have been faster.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
