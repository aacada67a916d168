// AWS's files on this machine: where they are, what is in them, who may read them.
import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { type AwsFile, parseAwsFile } from "./aws-file.js";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface FoundFile extends AwsFile {
  readonly path: string;
  readonly exists: boolean;
}

export interface AwsFiles {
  readonly config: FoundFile;
  readonly credentials: FoundFile;
  /** One line each: what a careful user would want to know. */
  readonly warnings: readonly string[];
}

/** Reads both. A file that is missing is an empty one; one that can't be read is a warning. */
export function awsFiles(env: Environment): AwsFiles {
  const warnings: string[] = [];
  const home = env["HOME"] ?? homedir();
  const config = fileAt(expanded(env["AWS_CONFIG_FILE"], home) ?? join(home, ".aws", "config"), warnings);
  const credentials = fileAt(
    expanded(env["AWS_SHARED_CREDENTIALS_FILE"], home) ?? join(home, ".aws", "credentials"),
    warnings,
  );
  for (const { path, exists, profiles } of [credentials, config]) {
    const holdsSecrets = [...profiles.values()].some((settings) => settings.has("aws_secret_access_key"));
    if (exists && holdsSecrets && othersMayRead(path))
      warnings.push(`${path} holds secrets, and others on this machine may read it: chmod 600 ${path}`);
  }
  return { config, credentials, warnings };
}

/** All profiles of both files, sorted. */
export const profileNames = ({ config, credentials }: AwsFiles): readonly string[] =>
  [...new Set([...config.profiles.keys(), ...credentials.profiles.keys()])].sort();

// --- internal ---

/** `~/` is the home folder, in a variable too: no shell has seen what a file of settings sets. */
const expanded = (path: string | undefined, home: string): string | undefined => path?.replace(/^~(?=\/)/, home);

const NONE: AwsFile = { profiles: new Map(), services: new Map() };

function fileAt(path: string, warnings: string[]): FoundFile {
  try {
    return { path, exists: true, ...parseAwsFile(readFileSync(path, "utf8")) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ENOTDIR") warnings.push(`${path} can't be read (${code ?? error})`);
    return { path, exists: false, ...NONE };
  }
}

function othersMayRead(path: string): boolean {
  return process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0;
}
