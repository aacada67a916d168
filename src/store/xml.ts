// S3's XML: what LIST and errors look like on the wire.
import type { ListEntry, ListPage } from "./request.js";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  // A bare carriage return is read as a line feed (XML 1.0, 2.11): the key of another object.
  "\r": "&#13;",
};

/** Text inside an element. Control characters can't stand in XML 1.0 otherwise than as references, and not even so: see `encoded`. */
const escaped = (text: string): string => text.replace(/[&<>"'\r]/g, (character) => ESCAPES[character] ?? character);

/** With `encoding-type=url` keys are percent-encoded, which is how keys with control characters get through. */
const encoded = (key: string, url: boolean): string =>
  escaped(url ? encodeURIComponent(key).replaceAll("%2F", "/") : key);

const HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

export interface ListRequest {
  readonly bucket: string;
  readonly prefix: string;
  readonly maxKeys: number;
  readonly urlEncoded: boolean;
}

/** A ListBucketResult (version 2). */
export function listXml({ bucket, prefix, maxKeys, urlEncoded }: ListRequest, page: ListPage): string {
  const contents = page.entries.map((entry) => contentsXml(entry, urlEncoded)).join("");
  const token = page.nextContinuationToken;
  return [
    `${HEADER}<ListBucketResult ${NAMESPACE}><Name>${escaped(bucket)}</Name><Prefix>${encoded(prefix, urlEncoded)}</Prefix>`,
    `<KeyCount>${page.entries.length}</KeyCount><MaxKeys>${maxKeys}</MaxKeys><IsTruncated>${page.isTruncated}</IsTruncated>`,
    urlEncoded ? "<EncodingType>url</EncodingType>" : "",
    token === undefined ? "" : `<NextContinuationToken>${escaped(token)}</NextContinuationToken>`,
    `${contents}</ListBucketResult>`,
  ].join("");
}

/** An error's body. */
export const errorXml = (code: string, key: string): string =>
  `${HEADER}<Error><Code>${escaped(code)}</Code><Message>${escaped(code)}</Message><Key>${escaped(key)}</Key></Error>`;

// --- internal ---

const contentsXml = ({ key, etag, size, lastModified }: ListEntry, url: boolean): string =>
  `<Contents><Key>${encoded(key, url)}</Key><LastModified>${new Date(lastModified).toISOString()}</LastModified>` +
  `<ETag>${escaped(etag)}</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
