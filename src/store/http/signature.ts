// Signature version 4: is this request from somebody who knows the secret? A library computes; this compares.

import { timingSafeEqual } from "node:crypto";
import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import type { WireRequest } from "../wire.js";
import { amzDate } from "./amz-date.js";
import { Refusal } from "./refusal.js";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** S3 takes a signature for so long, and so much earlier by a clock that is off. */
const SKEW_MS_MAX = 15 * 60_000;

/**
 * Refuses a request whose Authorization header, or whose signed URL, is not right for these credentials at `nowMs`. The
 * body is covered through `x-amz-content-sha256`, which is signed; the signatures of an aws-chunked body's chunks are not
 * verified.
 */
export function verifySignature(
  wire: WireRequest,
  url: string,
  credentials: Credentials,
  nowMs: number,
): Promise<void> {
  const inUrl = wire.headers["authorization"] === undefined && wire.query["X-Amz-Signature"] !== undefined;
  return inUrl ? verifyUrl(wire, url, credentials, nowMs) : verifyHeader(wire, url, credentials, nowMs);
}

// --- internal ---

async function verifyHeader(wire: WireRequest, url: string, credentials: Credentials, nowMs: number): Promise<void> {
  const claim = claimOf(wire.headers["authorization"]);
  if (claim.accessKeyId !== credentials.accessKeyId) throw new Refusal(403, "InvalidAccessKeyId");
  const date = dateOf(wire.headers["x-amz-date"]);
  if (Math.abs(date.getTime() - nowMs) > SKEW_MS_MAX) throw new Refusal(403, "RequestTimeTooSkewed");
  if (!claim.signed.includes("host") || !claim.signed.includes("x-amz-date")) throw new Refusal(403, "AccessDenied");
  const payload = wire.headers["x-amz-content-sha256"];
  if (payload === undefined) throw new Refusal(400, "InvalidRequest", "Missing required header: x-amz-content-sha256");
  const { headers: signedHeaders } = await signerOf(credentials, claim.region).sign(
    signable(wire, url, claim.signed, payload),
    {
      signingDate: date,
      signableHeaders: new Set(claim.signed),
      ...(claim.signed.includes(PAYLOAD) ? {} : { unsignableHeaders: new Set([PAYLOAD]) }),
    },
  );
  const ours = claimOf(signedHeaders["authorization"]).signature;
  if (!same(ours, claim.signature)) throw new Refusal(403, "SignatureDoesNotMatch");
}

/** AWS, "Authenticating requests: using query parameters". The body is not covered unless its hash is a signed header. */
async function verifyUrl(wire: WireRequest, url: string, credentials: Credentials, nowMs: number): Promise<void> {
  const { query } = wire;
  const scope = /^([^/]+)\/\d{8}\/([^/]+)\/s3\/aws4_request$/.exec(query["X-Amz-Credential"] ?? "");
  const expires = query["X-Amz-Expires"] ?? "";
  const signed = (query["X-Amz-SignedHeaders"] ?? "").split(";");
  const [, accessKeyId, region = ""] = scope ?? [];
  if (scope === null || query["X-Amz-Algorithm"] !== "AWS4-HMAC-SHA256" || !/^\d{1,6}$/.test(expires)) {
    throw new Refusal(400, "AuthorizationQueryParametersError");
  }
  if (Number(expires) < 1 || Number(expires) > EXPIRES_S_MAX)
    throw new Refusal(400, "AuthorizationQueryParametersError");
  if (accessKeyId !== credentials.accessKeyId) throw new Refusal(403, "InvalidAccessKeyId");
  const date = dateOf(query["X-Amz-Date"]);
  if (date.getTime() - nowMs > SKEW_MS_MAX) throw new Refusal(403, "AccessDenied", "Request is not yet valid");
  if (date.getTime() + Number(expires) * 1000 < nowMs) throw new Refusal(403, "AccessDenied", "Request has expired");
  if (!signed.includes("host")) throw new Refusal(403, "AccessDenied");
  const payload = signed.includes(PAYLOAD) ? wire.headers[PAYLOAD] : undefined;
  const { query: ours = {} } = await signerOf(credentials, region).presign(
    signable(wire, url, signed, payload ?? "UNSIGNED-PAYLOAD"),
    {
      signingDate: date,
      expiresIn: Number(expires),
      signableHeaders: new Set(signed),
      unhoistableHeaders: new Set([...signed, PAYLOAD]),
      ...(payload === undefined ? { unsignableHeaders: new Set([PAYLOAD]) } : {}),
    },
  );
  if (!same(String(ours["X-Amz-Signature"]), query["X-Amz-Signature"] ?? "")) {
    throw new Refusal(403, "SignatureDoesNotMatch");
  }
}

const PAYLOAD = "x-amz-content-sha256";

/** Seven days. */
const EXPIRES_S_MAX = 604_800;

const signerOf = (credentials: Credentials, region: string): SignatureV4 =>
  new SignatureV4({ credentials, region, service: "s3", sha256: Sha256, applyChecksum: false, uriEscapePath: false });

/** The request as it was signed. The hash of the body is part of that, whether or not its header is. */
function signable(wire: WireRequest, url: string, signed: readonly string[], payload: string) {
  const headers = Object.fromEntries(signed.map((name) => [name, wire.headers[name] ?? ""]));
  const path = url.split("?", 1)[0] ?? "/";
  const query = Object.fromEntries(
    Object.entries(wire.query).flatMap(([name, value]) => (name === "X-Amz-Signature" ? [] : [[name, value ?? ""]])),
  );
  return {
    method: wire.method,
    protocol: "http:",
    hostname: "",
    path,
    query,
    headers: { ...headers, [PAYLOAD]: payload },
  };
}

interface Claim {
  readonly accessKeyId: string;
  readonly region: string;
  /** Names in lower case. */
  readonly signed: readonly string[];
  readonly signature: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/\s,]+)\/\d{8}\/([^/\s,]+)\/s3\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/;

function claimOf(header: string | undefined): Claim {
  const [, accessKeyId, region, signed, signature] = AUTHORIZATION.exec(header ?? "") ?? [];
  if (accessKeyId === undefined || region === undefined || signed === undefined || signature === undefined) {
    throw new Refusal(403, "AccessDenied");
  }
  return { accessKeyId, region, signed: signed.split(";"), signature };
}

/** `20240101T000000Z`. */
function dateOf(text: string | undefined): Date {
  const ms = amzDate(text);
  if (ms === undefined) throw new Refusal(403, "AccessDenied");
  return new Date(ms);
}

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
