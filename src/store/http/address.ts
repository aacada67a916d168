// Where a request goes: bucket, key and query out of a URL and a Host, path style and virtual-host style.
import { Refusal } from "./refusal.js";

export interface Address {
  /** Empty where the request is to the server itself (ListBuckets). */
  readonly bucket: string;
  /** Decoded; empty where the request is to the bucket itself. */
  readonly key: string;
  readonly query: Readonly<Record<string, string | undefined>>;
}

/** S3's limit on keys, in bytes of UTF-8. */
const KEY_BYTES_MAX = 1024;

/**
 * `domains` are the server's own names: `bucket.localhost` is a bucket in front of `localhost`. A key is taken as it
 * stands behind the bucket's slash: `..` and empty segments are parts of its name and mean nothing.
 */
export function addressOf(url: string, host: string | undefined, domains: readonly string[]): Address {
  const mark = url.indexOf("?");
  const target = mark === -1 ? url : url.slice(0, mark);
  const query = mark === -1 ? NO_QUERY : queryOf(url.slice(mark + 1));
  const path = target.startsWith("/") ? target.slice(1) : pathOfAbsolute(target);
  const named = host === undefined ? "" : bucketIn(host, domains);
  if (named !== "") return { bucket: named, key: keyOf(path), query };
  const slash = path.indexOf("/");
  return slash === -1
    ? { bucket: decoded(path), key: "", query }
    : { bucket: decoded(path.slice(0, slash)), key: keyOf(path.slice(slash + 1)), query };
}

// --- internal ---

const NO_QUERY: Address["query"] = {};

/** `GET http://host/bucket/key`, as a request through a proxy has it. */
function pathOfAbsolute(target: string): string {
  const match = /^https?:\/\/[^/]*\/?(.*)$/.exec(target);
  if (match === null) throw new Refusal(400, "InvalidURI");
  return match[1] ?? "";
}

function bucketIn(host: string, domains: readonly string[]): string {
  const name = host.replace(/:\d*$/, "").toLowerCase();
  for (const domain of domains) {
    if (name.length > domain.length + 1 && name.endsWith(domain) && name[name.length - domain.length - 1] === ".") {
      return name.slice(0, -domain.length - 1);
    }
  }
  return "";
}

function keyOf(text: string): string {
  const key = decoded(text);
  if (key.length > KEY_BYTES_MAX || Buffer.byteLength(key) > KEY_BYTES_MAX) throw new Refusal(400, "KeyTooLongError");
  return key;
}

/** Percent-encoding has to spell UTF-8. */
function decoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400, "InvalidURI");
  }
}

function queryOf(text: string): Record<string, string> {
  const pairs = text.split("&").flatMap((pair): [string, string][] => {
    if (pair === "") return [];
    const equals = pair.indexOf("=");
    return equals === -1 ? [[spaced(pair), ""]] : [[spaced(pair.slice(0, equals)), spaced(pair.slice(equals + 1))]];
  });
  return Object.fromEntries(pairs);
}

const spaced = (text: string): string => decoded(text.replaceAll("+", " "));
