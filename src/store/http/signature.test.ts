import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect, test } from "vitest";
import { verifySignature } from "./signature.js";

const credentials = { accessKeyId: "me", secretAccessKey: "tOpSeCrEt" };
const now = Date.parse("2024-01-01T00:00:30Z");
const none = "0".repeat(64);

const byUrl = (query: Record<string, string>, method = "GET") =>
  verifySignature(
    { method, bucket: "b", key: "a ü", query, headers: { host: "x" }, body: undefined },
    "/b/a%20%C3%BC?anything",
    credentials,
    now,
  );

/** The query of a URL that a client signed half a minute ago. */
async function signed(query: Record<string, string> = {}): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    credentials,
    region: "eu-west-1",
    service: "s3",
    sha256: Sha256,
    applyChecksum: false,
    uriEscapePath: false,
  });
  const headers = { host: "x", "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
  const request = { method: "GET", protocol: "http:", hostname: "x", path: "/b/a%20%C3%BC", query, headers };
  const unhoistable = new Set(["x-amz-content-sha256"]);
  const answer = await signer.presign(request, {
    signingDate: new Date("2024-01-01T00:00:00Z"),
    expiresIn: 60,
    unsignableHeaders: unhoistable,
    unhoistableHeaders: unhoistable,
  });
  return answer.query as Record<string, string>;
}

test("a URL that was signed is taken, with whatever else it asks for", async () => {
  await expect(byUrl(await signed())).resolves.toBeUndefined();
  await expect(byUrl(await signed({ "response-content-type": "text/plain" }))).resolves.toBeUndefined();
});

test.each([
  [{ "X-Amz-Signature": none }, 403, "SignatureDoesNotMatch"],
  [{ "X-Amz-Signature": "" }, 403, "SignatureDoesNotMatch"],
  [{ "X-Amz-Expires": "59" }, 403, "SignatureDoesNotMatch"],
  [{ versionId: "null" }, 403, "SignatureDoesNotMatch"],
  [{ "X-Amz-SignedHeaders": "x-other" }, 403, "AccessDenied"],
  [{ "X-Amz-Expires": "20" }, 403, "AccessDenied"],
  [{ "X-Amz-Date": "20240101T003000Z" }, 403, "AccessDenied"],
  [{ "X-Amz-Date": "99999999T999999Z" }, 403, "AccessDenied"],
  [{ "X-Amz-Expires": "604801" }, 400, "AuthorizationQueryParametersError"],
  [{ "X-Amz-Expires": "0" }, 400, "AuthorizationQueryParametersError"],
  [{ "X-Amz-Algorithm": "AWS4-ROT13" }, 400, "AuthorizationQueryParametersError"],
  [{ "X-Amz-Credential": "me" }, 400, "AuthorizationQueryParametersError"],
  [{ "X-Amz-Credential": "you/20240101/eu-west-1/s3/aws4_request" }, 403, "InvalidAccessKeyId"],
])("the same URL with %j is refused: %d %s", async (wrong, status, code) => {
  await expect(byUrl({ ...(await signed()), ...wrong })).rejects.toMatchObject({ status, code });
});

test("a URL is signed for one method", async () => {
  await expect(byUrl(await signed(), "DELETE")).rejects.toMatchObject({ code: "SignatureDoesNotMatch" });
});

test("a header with a date that is none is refused", async () => {
  const scope = "me/20240101/us-east-1/s3/aws4_request";
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${none}`,
    "x-amz-date": "99999999T999999Z",
    "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
  };
  const wire = { method: "GET", bucket: "b", key: "a", query: {}, headers, body: undefined };
  await expect(verifySignature(wire, "/b/a", credentials, now)).rejects.toMatchObject({ code: "AccessDenied" });
});
