// One of AWS's own files, `~/.aws/config` or `~/.aws/credentials`, read for its settings. Never for its secrets.
import { parse } from "ini";

/** Section name, without the word `profile` in front of it -> setting -> value. */
export interface AwsFile {
  readonly profiles: ReadonlyMap<string, Settings>;
  /** Sections `[services NAME]`; a setting of one service is named `s3.endpoint_url`. */
  readonly services: ReadonlyMap<string, Settings>;
}

export type Settings = ReadonlyMap<string, string>;

/** What stands in the place of a secret: enough to know that there is one. */
const HIDDEN = "(hidden)";
const SECRET = /^(aws_secret_access_key|aws_session_token|aws_security_token)$/;

/**
 * Reads the text of a file. `ini` cuts a value at `#` or `;`, takes quotes off, and nests `[team.prod]`: all of it is
 * escaped first, and secrets are taken out, for the SDK alone reads those. Lines that are none are passed over, as the
 * AWS command line does.
 */
export function parseAwsFile(text: string): AwsFile {
  const sections = parse(prepared(text)) as Readonly<Record<string, unknown>>;
  const profiles = new Map<string, Settings>();
  const services = new Map<string, Settings>();
  for (const [name, content] of Object.entries(sections)) {
    if (typeof content !== "object" || content === null) continue;
    const settings = new Map(Object.entries(content).map(([key, value]) => [key, String(value)]));
    const [, kind, rest = ""] = /^(profile|services|sso-session)\s+(.*)$/.exec(name) ?? [];
    const plain = unquoted(rest.trim());
    if (kind === "services") services.set(plain, settings);
    else if (kind === "profile") profiles.set(plain, settings);
    else if (kind === undefined) profiles.set(unquoted(name), settings);
  }
  return { profiles, services };
}

// --- internal ---

const BYTE_ORDER_MARK = /^\uFEFF/;

/** The file as `ini` must see it, line by line. */
function prepared(text: string): string {
  let group = "";
  const lines = text.replace(BYTE_ORDER_MARK, "").split(/\r\n|\r|\n/);
  return lines
    .map((line) => {
      const section = /^\s*\[([^\]]*)\]/.exec(line);
      if (section !== null) return `[${escaped((section[1] ?? "").trim()).replace(/\./g, "\\.")}]`;
      const setting = /^(\s*)([^=#;\s][^=]*?)\s*=\s*(.*)$/.exec(line);
      if (setting === null) return "";
      const [, indent = "", key = "", raw = ""] = setting;
      const value = raw.replace(/(^|\s)[#;].*$/, "").trim();
      if (indent === "") group = value === "" ? key : "";
      const name = indent !== "" && group !== "" ? `${group}.${key}` : key;
      return `${escaped(name)}=${SECRET.test(name) ? HIDDEN : literal(value)}`;
    })
    .join("\n");
}

/** `ini` takes a backslash before these for "as it is". */
const escaped = (text: string): string => text.replace(/[\\;#]/g, "\\$&");

/** `ini` takes quotes around a value off, AWS leaves them on. A JSON string is parsed as one, and comes out as it went in. */
const literal = (value: string): string => (/^["']/.test(value) ? JSON.stringify(value) : escaped(value));

const unquoted = (name: string): string => /^(["'])(.*)\1$/.exec(name)?.[2] ?? name;
