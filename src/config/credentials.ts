// Credentials: who gives them, and what may be said about them. The SDK's providers read the secrets, but for a case of their own.
import type { AwsFiles, Environment } from "./files.js";
import type { Keys } from "./keys.js";
import { ConfigError, type Setting, type Settled } from "./settings.js";
import { keysOfSpacedProfile } from "./spaced-profile.js";

/** Asks for credentials; again when they are about to expire. Rejects where there are none. */
export type Provider = () => Promise<Keys>;

/**
 * The AWS command line's order (botocore/credentials.py, create_credential_resolver): a profile named by flag shuts out
 * the environment's keys, AWS_PROFILE does not. (The SDK for JavaScript would take the profile in both cases.)
 */
export async function providerOf({ profile, region }: Settled, env: Environment, files: AwsFiles): Promise<Provider> {
  if (profile.source !== "--profile" && hasKeys(env)) return async () => keysIn(env);
  // As in botocore (PartialCredentialsError): not another's keys in silence.
  if (profile.source !== "--profile" && env["AWS_ACCESS_KEY_ID"])
    return () => Promise.reject(new ConfigError("AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not"));
  const spaced = keysOfSpacedProfile(profile.value ?? "", files);
  if (spaced !== null) return async () => spaced;
  const { defaultProvider } = await import("@aws-sdk/credential-provider-node");
  const named = profile.source === "default" ? {} : { profile: profile.value ?? "" };
  return defaultProvider({ ...named, logger: SILENT, clientConfig: { region: region.value ?? "" } }) as Provider;
}

/** Where they come from, as far as can be told without asking for them. */
export function credentialsSource({ profile }: Settled, env: Environment, files: AwsFiles): string {
  if (profile.source !== "--profile" && hasKeys(env)) return "environment";
  const name = profile.value ?? "";
  for (const { path, profiles } of [files.credentials, files.config]) {
    const settings = profiles.get(name);
    const way = WAYS.find(([key]) => settings?.has(key) === true);
    if (way !== undefined) return `${way[1]} of profile ${name} in ${path}`;
  }
  if (env["AWS_WEB_IDENTITY_TOKEN_FILE"] !== undefined) return "web identity (AWS_WEB_IDENTITY_TOKEN_FILE)";
  const container = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];
  const uri = container.find((key) => env[key] !== undefined);
  return uri === undefined ? "instance metadata" : `container metadata (${uri})`;
}

/** What a report may show: the last four characters of the key id, of a secret that there is one. */
export async function shownCredentials(provider: Provider, source: string): Promise<readonly Setting[]> {
  let keys: Keys | undefined;
  let why = "";
  try {
    keys = await provider();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Of a credential_process that fails the SDK's message is its command line, where there may be a password.
    why = ` (${message.startsWith("Command failed:") ? "its credential_process failed" : message.split("\n")[0]})`;
  }
  const from = keys === undefined ? `nowhere${why}` : source;
  return [
    { name: "access key id", value: keys === undefined ? null : `****${keys.accessKeyId.slice(-4)}`, source: from },
    { name: "secret access key", value: keys === undefined ? null : "(hidden)", source: from },
    { name: "session token", value: keys?.sessionToken === undefined ? null : "(hidden)", source: from },
  ];
}

// --- internal ---

/** Two sources at once are no mistake here, and the SDK's warning would name the wrong one. */
const silent = (): void => undefined;
const SILENT = { debug: silent, info: silent, warn: silent, error: silent };

/** In the SDK's order of preference within a profile. */
const WAYS = [
  ["aws_access_key_id", "keys"],
  ["role_arn", "role"],
  ["sso_session", "SSO"],
  ["sso_start_url", "SSO"],
  ["credential_process", "credential_process"],
  ["login_session", "login session"],
] as const;

const hasKeys = (env: Environment): boolean => Boolean(env["AWS_ACCESS_KEY_ID"] && env["AWS_SECRET_ACCESS_KEY"]);

function keysIn(env: Environment): Keys {
  const sessionToken = env["AWS_SESSION_TOKEN"] || env["AWS_SECURITY_TOKEN"];
  return {
    accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
    secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
    ...(sessionToken ? { sessionToken } : {}),
  };
}
