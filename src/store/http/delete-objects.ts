// DeleteObjects: up to a thousand keys in one request. Each is a DELETE of its own at the store, in the order given.
import type { StoreRequest } from "../request.js";
import type { WireResponse } from "../wire.js";
import { escaped, XML_NAMESPACE } from "../xml.js";
import type { Call } from "./call.js";
import { messageOf, Refusal } from "./refusal.js";
import { isOnlyVersion } from "./versions.js";
import { BROKEN, xmlAnswer } from "./xml-answer.js";
import { childrenOf, parseXml, textOf } from "./xml-body.js";

const KEYS_MAX = 1000;

/** As on S3 a key that is not there counts as deleted. An answer that breaks off ends the whole request. */
export async function deleteObjects({ bytes, send }: Call): Promise<WireResponse> {
  const request = parseXml(bytes, "Delete");
  const objects = childrenOf(request, "Object");
  if (objects.length === 0 || objects.length > KEYS_MAX) throw new Refusal(400, "MalformedXML");
  const quiet = textOf(request, "Quiet") === "true";
  const lines: string[] = [];
  for (const object of objects) {
    const key = textOf(object, "Key");
    const etag = textOf(object, "ETag");
    if (key === undefined || key === "") throw new Refusal(400, "MalformedXML");
    const versionId = textOf(object, "VersionId");
    if (!isOnlyVersion(versionId)) {
      // Told of the one object, not of the request [versitygw#2119].
      lines.push(errorLine(key, "NoSuchVersion", versionId));
      continue;
    }
    const asked: StoreRequest = { method: "DELETE", key, ...(etag === undefined ? {} : { ifMatch: quoted(etag) }) };
    const { status, code = "InternalError" } = await send(asked);
    if (status === 0) return BROKEN;
    if (status >= 300) lines.push(errorLine(key, code, versionId));
    else if (!quiet) lines.push(`<Deleted><Key>${escaped(key)}</Key>${versionLine(versionId)}</Deleted>`);
  }
  return xmlAnswer(`<DeleteResult ${XML_NAMESPACE}>${lines.join("")}</DeleteResult>`);
}

// --- internal ---

const versionLine = (versionId: string | undefined): string =>
  versionId === undefined ? "" : `<VersionId>${escaped(versionId)}</VersionId>`;

const errorLine = (key: string, code: string, versionId: string | undefined): string =>
  `<Error><Key>${escaped(key)}</Key>${versionLine(versionId)}<Code>${escaped(code)}</Code><Message>${escaped(messageOf(code))}</Message></Error>`;

const quoted = (etag: string): string => (etag === "*" || etag.startsWith('"') ? etag : `"${etag}"`);
