// Which profile, region, endpoint and bucket, and where each comes from: the AWS command line's own order.
import { type AwsFiles, type Environment, profileNames } from "./files.js";

export interface Flags {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly bucket?: string | undefined;
}

/** A value and its source, both in the user's words. */
export interface Setting {
  readonly name: string;
  /** Null where nothing sets it. */
  readonly value: string | null;
  readonly source: string;
}

export interface Settled {
  readonly profile: Setting;
  readonly region: Setting;
  /** Null: AWS itself. */
  readonly endpoint: Setting;
  readonly bucket: Setting;
}

/** What is asked for is not there; the message says what is. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const REGION = "us-east-1";
const PROFILE = "default";
/** The bucket of the Rust test that this tool grew out of. */
export const BUCKET = "liguoso-tonbo-s3";

/**
 * Settles everything. A flag comes before the environment, that before the profile's settings, those before a default
 * (AWS CLI user guide, "Configuration settings and precedence"; for endpoints AWS SDKs and Tools reference guide,
 * "Service-specific endpoints"). Throws ConfigError where a profile is named that no file has.
 */
export function settle(flags: Flags, env: Environment, files: AwsFiles): Settled {
  const profile = first("profile", [
    [flags.profile, "--profile"],
    [env["AWS_PROFILE"], "AWS_PROFILE"],
    [env["AWS_DEFAULT_PROFILE"], "AWS_DEFAULT_PROFILE"],
    [PROFILE, "default"],
  ]);
  const name = profile.value ?? PROFILE;
  if (profile.source !== "default" && name !== PROFILE && !profileNames(files).includes(name)) {
    const known = profileNames(files).join(", ") || "none";
    throw new ConfigError(
      `${profile.source}: no profile "${name}" in ${files.config.path} or ${files.credentials.path} (there: ${known})`,
    );
  }
  const region = first("region", [
    [flags.region, "--region"],
    [env["AWS_REGION"], "AWS_REGION"],
    [env["AWS_DEFAULT_REGION"], "AWS_DEFAULT_REGION"],
    ...fromProfile(files, name, "region"),
    [REGION, "default"],
  ]);
  const bucket = first("bucket", [
    [flags.bucket, "--bucket"],
    [pathOf(flags.endpoint), "--endpoint"],
    [env["FUSIO_MANIFEST_BUCKET"], "FUSIO_MANIFEST_BUCKET"],
    [BUCKET, "default"],
  ]);
  return { profile, region, endpoint: endpointOf(flags, env, files, name), bucket };
}

/**
 * A URL, or what was meant to be one, without its user and password. Requests are signed instead, so they are of no use;
 * and a URL is shown, so they would be no secret any more.
 */
export const withoutUserInfo = (url: string): string =>
  url.replace(URL.canParse(url) ? USER_INFO : ALL_BEFORE_AT, "$1");

// --- internal ---

const USER_INFO = /^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*@/i;
/** A password with a `#` in it, say, makes it no URL. */
const ALL_BEFORE_AT = /^([a-z][a-z0-9+.-]*:\/\/)?.*@/is;

type Candidate = readonly [value: string | undefined, source: string];

/** An empty value is none, as everywhere in AWS's tools. */
function first(name: string, candidates: readonly Candidate[]): Setting {
  for (const [value, source] of candidates) if (value !== undefined && value !== "") return { name, value, source };
  return { name, value: null, source: "nowhere" };
}

const fromProfile = ({ config, credentials }: AwsFiles, profile: string, key: string): readonly Candidate[] =>
  [config, credentials].map(
    ({ path, profiles }): Candidate => [profiles.get(profile)?.get(key), `profile ${profile} in ${path}`],
  );

function endpointOf(flags: Flags, env: Environment, files: AwsFiles, profile: string): Setting {
  const own = first("endpoint", [[originOf(flags.endpoint), "--endpoint"]]);
  if (own.value !== null) return own;
  const ignored = first("ignore", [
    [env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"], ""],
    ...fromProfile(files, profile, "ignore_configured_endpoint_urls"),
  ]);
  const aws: Setting = { name: "endpoint", value: null, source: "AWS" };
  if (ignored.value?.toLowerCase() === "true") return { ...aws, source: "AWS (configured endpoints are ignored)" };
  const [services] = fromProfile(files, profile, "services");
  const section = files.config.services.get(services?.[0] ?? "");
  const found = first("endpoint", [
    [env["AWS_ENDPOINT_URL_S3"], "AWS_ENDPOINT_URL_S3"],
    [env["AWS_ENDPOINT_URL"], "AWS_ENDPOINT_URL"],
    [section?.get("s3.endpoint_url"), `services ${services?.[0]} in ${files.config.path}`],
    ...fromProfile(files, profile, "endpoint_url"),
  ]);
  if (found.value === null) return aws;
  const value = withoutUserInfo(found.value);
  return value === found.value ? found : { ...found, value, source: `${found.source}, its user and password left out` };
}

const originOf = (endpoint: string | undefined): string | undefined =>
  endpoint === undefined ? undefined : new URL(endpoint).origin;

const pathOf = (endpoint: string | undefined): string | undefined =>
  endpoint === undefined ? undefined : decodeURIComponent(new URL(endpoint).pathname).replace(/^\/|\/$/g, "");
