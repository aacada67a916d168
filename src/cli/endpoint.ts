// A real server: from flags, environment and AWS's files to an open endpoint, or to a message that says what is missing.
import type { Command } from "commander";
import { credentialsSource, type Provider, providerOf } from "../config/credentials.js";
import { type AwsFiles, awsFiles } from "../config/files.js";
import { BUCKET, ConfigError, type Settled, settle, withoutUserInfo } from "../config/settings.js";
import { type Endpoint, EndpointError, type EndpointOptions, openEndpoint } from "../run/endpoint.js";
import { CliError, EXIT, usageError } from "./exit.js";

export interface EndpointFlags {
  readonly endpoint?: string;
  readonly bucket?: string;
  readonly real?: true;
  readonly profile?: string;
  readonly region?: string;
  readonly keep?: true;
}

/** The flags that all commands share which may go to a real server. */
export function endpointFlags(command: Command): Command {
  return command
    .option("--endpoint <url>", "an S3 server; the URL's path may name the bucket")
    .option("--bucket <name>", `the bucket (else FUSIO_MANIFEST_BUCKET, else ${BUCKET})`)
    .option("--real", "the bucket that the settings name, on AWS or on the endpoint that they name")
    .option("--profile <name>", "a profile of ~/.aws/config or ~/.aws/credentials")
    .option("--region <name>", "the region (else AWS_REGION, AWS_DEFAULT_REGION, the profile's)");
}

/** All that is settled before anything is asked of a server. */
export interface Chosen {
  readonly settled: Settled;
  readonly files: AwsFiles;
  readonly provider: Provider;
  readonly credentialsFrom: string;
}

/** A real server is touched only when one of these flags says so. */
export const isReal = ({ endpoint, bucket, real }: EndpointFlags): boolean =>
  endpoint !== undefined || bucket !== undefined || real === true;

/** Settles profile, region, endpoint, bucket and who gives credentials. */
export async function chosenBy(flags: EndpointFlags): Promise<Chosen> {
  if (flags.endpoint !== undefined) urlOf(flags.endpoint);
  const files = awsFiles(process.env);
  try {
    const settled = settle(flags, process.env, files);
    const bucket = settled.bucket.value ?? BUCKET;
    if (!BUCKET_NAME.test(bucket))
      throw usageError(`"${bucket}" is no bucket name: 3 to 63 lower-case letters, digits, dots and dashes`);
    const provider = await providerOf(settled, process.env, files);
    return { settled, files, provider, credentialsFrom: credentialsSource(settled, process.env, files) };
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError(EXIT.unavailable, error.message);
    throw error;
  }
}

/** What `openEndpoint` and `inspectEndpoint` need. */
export function optionsOf({ settled, provider }: Chosen): EndpointOptions {
  const { endpoint, region, bucket } = settled;
  return {
    ...(endpoint.value === null ? {} : { endpoint: endpoint.value }),
    region: region.value ?? "",
    bucket: bucket.value ?? "",
    credentials: provider,
  };
}

/** Opens the server that the flags ask for; undefined where they ask for none. */
export async function endpointOf(flags: EndpointFlags): Promise<Endpoint | undefined> {
  if (!isReal(flags)) return undefined;
  const chosen = await chosenBy(flags);
  for (const warning of chosen.files.warnings) process.stderr.write(`manifest-chaos: ${warning}\n`);
  return reached(flags, () => openEndpoint(optionsOf(chosen), flags.keep === true));
}

/** Runs `use`; an endpoint that can't be used is exit 69. */
export async function reached<T>(flags: EndpointFlags, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    const flag = flags.endpoint === undefined ? "" : "--endpoint ";
    if (error instanceof EndpointError) throw new CliError(EXIT.unavailable, `${flag}${error.message}`);
    throw error;
  }
}

// --- internal ---

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

function urlOf(text: string): URL {
  try {
    const url = new URL(text);
    if (url.protocol === "http:" || url.protocol === "https:") return url;
  } catch {
    // Said below.
  }
  throw usageError(`--endpoint takes a URL such as http://127.0.0.1:7070/bucket, not "${withoutUserInfo(text)}"`);
}
