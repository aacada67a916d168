// The keys of a profile whose name has a space in it. The SDK's own reader takes `[my prof]` for something else and
// drops the section (@smithy/core, its ini reader), where the AWS command line reads it like any other.
import { readFileSync } from "node:fs";
import type { AwsFiles } from "./files.js";
import type { Keys } from "./keys.js";

/** Null where the name has no space, or the profile no keys of its own in the credentials file: then the SDK is asked. */
export function keysOfSpacedProfile(name: string, { credentials }: AwsFiles): Keys | null {
  if (!/\s/.test(name) || !credentials.profiles.has(name)) return null;
  const keys = new Map<string, string>();
  let here = false;
  for (const line of readFileSync(credentials.path, "utf8").split(/\r\n|\r|\n/)) {
    const section = /^\s*\[([^\]]*)\]/.exec(line);
    if (section !== null) here = (section[1] ?? "").trim().replace(/^(["'])(.*)\1$/, "$2") === name;
    // Secrets may hold `#`, `;`, `=` and quotes: all of the line is the value, as in botocore.
    const setting = /^\s*(aws_\w+)\s*=\s*(.*?)\s*$/.exec(line);
    if (here && setting !== null) keys.set(setting[1] ?? "", setting[2] ?? "");
  }
  const [accessKeyId, secretAccessKey] = [keys.get("aws_access_key_id"), keys.get("aws_secret_access_key")];
  if (!accessKeyId || !secretAccessKey) return null;
  const sessionToken = keys.get("aws_session_token");
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
