// Uploads in parts: create, upload, list, complete (with its conditions), abort.
import type { StoreRequest } from "../request.js";
import { keptHeaders, metadataOf, type WireResponse } from "../wire.js";
import { escaped, XML_NAMESPACE } from "../xml.js";
import type { Call, Operation } from "./call.js";
import { checkWhole } from "./checksums.js";
import { copyPart } from "./copy-part.js";
import { partNumber } from "./part-number.js";
import { Refusal } from "./refusal.js";
import { assembled, type Upload } from "./uploads.js";
import { written } from "./written.js";
import { bareAnswer, xmlAnswer } from "./xml-answer.js";
import { childrenOf, parseXml, textOf } from "./xml-body.js";

export const multipartOperations: Readonly<Record<string, Operation>> = {
  "POST ?uploads object": create,
  "PUT ?uploadId object": uploadPart,
  "POST ?uploadId object": complete,
  "DELETE ?uploadId object": (call) => {
    call.uploads.end(uploadOf(call));
    return bareAnswer(204);
  },
  "GET ?uploadId object": listParts,
  "GET ?uploads bucket": ({ wire: { bucket }, uploads }) => {
    const lines = uploads
      .in(bucket)
      .map(({ id, key }) => `<Upload><Key>${escaped(key)}</Key><UploadId>${id}</UploadId></Upload>`);
    return xmlAnswer(
      `<ListMultipartUploadsResult ${XML_NAMESPACE}><Bucket>${escaped(bucket)}</Bucket><IsTruncated>false</IsTruncated>${lines.join("")}</ListMultipartUploadsResult>`,
    );
  },
};

// --- internal ---

const uploadOf = ({ wire: { bucket, key, query }, uploads }: Call): Upload =>
  uploads.find(query["uploadId"] ?? "", bucket, key);

function create({ wire: { bucket, key, headers }, uploads }: Call): WireResponse {
  const id = uploads.begin({
    bucket,
    key,
    contentType: headers["content-type"],
    headers: keptHeaders(headers),
    metadata: metadataOf(headers),
  });
  return xmlAnswer(
    `<InitiateMultipartUploadResult ${XML_NAMESPACE}><Bucket>${escaped(bucket)}</Bucket><Key>${escaped(key)}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
  );
}

function uploadPart(call: Call): WireResponse | Promise<WireResponse> {
  const upload = uploadOf(call);
  const number = partNumber(call.wire.query["partNumber"]);
  const source = call.wire.headers["x-amz-copy-source"];
  if (source !== undefined) return copyPart(call, source, upload, number);
  return bareAnswer(200, { ...call.echoes, etag: call.uploads.put(upload, number, call.bytes) });
}

function listParts(call: Call): WireResponse {
  const { bucket, key } = call.wire;
  const { id, parts } = uploadOf(call);
  const lines = [...parts]
    .sort(([a], [b]) => a - b)
    .map(
      ([number, { etag, body }]) =>
        `<Part><PartNumber>${number}</PartNumber><ETag>${escaped(etag)}</ETag><Size>${body.byteLength}</Size></Part>`,
    );
  return xmlAnswer(
    `<ListPartsResult ${XML_NAMESPACE}><Bucket>${escaped(bucket)}</Bucket><Key>${escaped(key)}</Key><UploadId>${id}</UploadId><IsTruncated>false</IsTruncated>${lines.join("")}</ListPartsResult>`,
  );
}

/** One PUT at the store, under the conditions of this request. Only its success ends the upload. */
async function complete(call: Call): Promise<WireResponse> {
  const { bucket, key, headers } = call.wire;
  const upload = uploadOf(call);
  const parts = childrenOf(parseXml(call.bytes, "CompleteMultipartUpload"), "Part");
  if (parts.length === 0) throw new Refusal(400, "MalformedXML");
  const named = parts.map((part) => ({
    number: partNumber(textOf(part, "PartNumber")),
    etag: textOf(part, "ETag") ?? "",
  }));
  const whole = assembled(upload, named);
  checkWhole(headers, whole.body);
  const { contentType, headers: kept, metadata } = upload;
  const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = headers;
  const request: StoreRequest = {
    method: "PUT",
    key,
    ...whole,
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(ifNoneMatch === undefined ? {} : { ifNoneMatch }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(kept === undefined ? {} : { headers: kept }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  const response = await call.send(request);
  if (response.status !== 200 || response.code !== undefined) return written(call, response);
  call.uploads.end(upload);
  return xmlAnswer(
    `<CompleteMultipartUploadResult ${XML_NAMESPACE}><Location>/${escaped(bucket)}/${escaped(key)}</Location><Bucket>${escaped(bucket)}</Bucket><Key>${escaped(key)}</Key><ETag>${escaped(response.etag ?? "")}</ETag></CompleteMultipartUploadResult>`,
    written(call, response).headers,
  );
}
