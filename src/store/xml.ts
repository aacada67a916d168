// S3's XML: what LIST and errors look like on the wire.
import type { ListEntry, ListPage } from "./request.js";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\r": "&#13;",
};

/**
 * Text inside an element. A bare carriage return would be read as a line feed (XML 1.0, 2.11): the key of another
 * object. Other control characters can't stand in XML 1.0 at all. S3 writes them as references nevertheless, at which
 * parsers stumble [aws-sdk-php#169, net-amazon-s3#67]; so clients ask for `encoding-type=url`.
 */
export const escaped = (text: string): string =>
  text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    /[&<>"'\0-\x08\x0b-\x1f\ufffe\uffff]/g,
    (character) => ESCAPES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );

/** With `encoding-type=url` keys are percent-encoded, which is how keys with control characters get through. */
const encoded = (key: string, url: boolean): string =>
  escaped(url ? encodeURIComponent(key).replaceAll("%2F", "/") : key);

export const XML_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';
export const XML_NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

export interface ListRequest {
  readonly bucket: string;
  readonly prefix: string;
  readonly maxKeys: number;
  readonly urlEncoded: boolean;
  readonly delimiter?: string | undefined;
  readonly startAfter?: string | undefined;
  readonly continuationToken?: string | undefined;
  /** Of the first version only. */
  readonly marker?: string | undefined;
  readonly nextMarker?: string | undefined;
}

/** A ListBucketResult, without the XML header. Readers of either version pass over what only the other has. */
export function listXml(request: ListRequest, page: ListPage): string {
  const { bucket, prefix, maxKeys, urlEncoded, delimiter, startAfter, continuationToken } = request;
  const { entries, commonPrefixes = [] } = page;
  return [
    `<ListBucketResult ${XML_NAMESPACE}><Name>${escaped(bucket)}</Name><Prefix>${encoded(prefix, urlEncoded)}</Prefix>`,
    `<KeyCount>${entries.length + commonPrefixes.length}</KeyCount><MaxKeys>${maxKeys}</MaxKeys>`,
    `<IsTruncated>${page.isTruncated}</IsTruncated>`,
    urlEncoded ? "<EncodingType>url</EncodingType>" : "",
    optional("Delimiter", delimiter === undefined ? undefined : encoded(delimiter, urlEncoded)),
    optional("StartAfter", startAfter === undefined ? undefined : encoded(startAfter, urlEncoded)),
    optional("ContinuationToken", continuationToken === undefined ? undefined : escaped(continuationToken)),
    optional("NextContinuationToken", page.nextContinuationToken && escaped(page.nextContinuationToken)),
    optional("Marker", request.marker === undefined ? undefined : encoded(request.marker, urlEncoded)),
    optional("NextMarker", request.nextMarker === undefined ? undefined : encoded(request.nextMarker, urlEncoded)),
    entries.map((entry) => contentsXml(entry, urlEncoded)).join(""),
    commonPrefixes
      .map((text) => `<CommonPrefixes><Prefix>${encoded(text, urlEncoded)}</Prefix></CommonPrefixes>`)
      .join(""),
    "</ListBucketResult>",
  ].join("");
}

/** What an error's body says beside its code. */
export interface ErrorDetails {
  readonly message?: string | undefined;
  readonly key?: string | undefined;
  readonly bucket?: string | undefined;
  readonly requestId?: string | undefined;
}

/** An error's body. */
export const errorXml = (code: string, { message, key, bucket, requestId }: ErrorDetails): string =>
  [
    `${XML_HEADER}<Error><Code>${escaped(code)}</Code><Message>${escaped(message ?? code)}</Message>`,
    optional("BucketName", bucket && escaped(bucket)),
    optional("Key", key && escaped(key)),
    optional("RequestId", requestId),
    "</Error>",
  ].join("");

// --- internal ---

const optional = (name: string, content: string | undefined): string =>
  content === undefined || content === "" ? "" : `<${name}>${content}</${name}>`;

const contentsXml = ({ key, etag, size, lastModified }: ListEntry, url: boolean): string =>
  `<Contents><Key>${encoded(key, url)}</Key><LastModified>${new Date(lastModified).toISOString()}</LastModified>` +
  `<ETag>${escaped(etag)}</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
