// `--endpoint`: from a URL and the environment to an open endpoint, or to a message that says what is missing.
import { type Endpoint, EndpointError, openEndpoint } from "../run/endpoint.js";
import { CliError, EXIT, usageError } from "./exit.js";

const DEFAULT_BUCKET = "manifest-chaos";
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Opens it. The bucket is the flag's, or the URL's path, or MANIFEST_BUCKET, or one of our own that is made if it is missing. */
export async function endpointOf(text: string, flag: string | undefined): Promise<Endpoint> {
  const url = parsed(text);
  const path = decodeURIComponent(url.pathname).replace(/^\/|\/$/g, "");
  const bucket = flag ?? (path || (process.env["MANIFEST_BUCKET"] ?? DEFAULT_BUCKET));
  if (!BUCKET.test(bucket))
    throw usageError(`"${bucket}" is no bucket name: 3 to 63 lower-case letters, digits, dots and dashes`);
  const region = process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "us-east-1";
  try {
    return await openEndpoint({ endpoint: url.origin, region, bucket });
  } catch (error) {
    if (error instanceof EndpointError) throw new CliError(EXIT.unavailable, `--endpoint ${error.message}`);
    throw error;
  }
}

// --- internal ---

function parsed(text: string): URL {
  try {
    const url = new URL(text);
    if (url.protocol === "http:" || url.protocol === "https:") return url;
  } catch {
    // Said below.
  }
  throw usageError(`--endpoint takes a URL such as http://127.0.0.1:7070/bucket, not "${text}"`);
}
