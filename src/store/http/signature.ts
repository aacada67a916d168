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
 * Refuses a request whose Authorization header is not right for these credentials at `nowMs`. The body is covered
 * through `x-amz-content-sha256`, which is signed; the signatures of an aws-chunked body's chunks are not verified, and
 * signatures in the URL are not taken.
 */
export async function verifySignature(
  wire: WireRequest,
  url: string,
  credentials: Credentials,
  nowMs: number,
): Promise<void> {
  const claim = claimOf(wire.headers["authorization"]);
  if (claim.accessKeyId !== credentials.accessKeyId) throw new Refusal(403, "InvalidAccessKeyId");
  const date = dateOf(wire.headers["x-amz-date"]);
  if (Math.abs(date.getTime() - nowMs) > SKEW_MS_MAX) throw new Refusal(403, "RequestTimeTooSkewed");
  if (!claim.signed.includes("host") || !claim.signed.includes("x-amz-date")) throw new Refusal(403, "AccessDenied");
  const { region } = claim;
  const signer = new SignatureV4({
    credentials,
    region,
    service: "s3",
    sha256: Sha256,
    applyChecksum: false,
    uriEscapePath: false,
  });
  const headers = Object.fromEntries(claim.signed.map((name) => [name, wire.headers[name] ?? ""]));
  const path = url.split("?", 1)[0] ?? "/";
  const query = Object.fromEntries(Object.entries(wire.query).map(([name, value]) => [name, value ?? ""]));
  const payload = wire.headers["x-amz-content-sha256"];
  if (payload === undefined) throw new Refusal(400, "InvalidRequest", "Missing required header: x-amz-content-sha256");
  // The hash of the body is part of what is signed, whether or not its header is.
  const signable = { ...headers, "x-amz-content-sha256": payload };
  const request = { method: wire.method, protocol: "http:", hostname: "", path, query, headers: signable };
  const { headers: signedHeaders } = await signer.sign(request, {
    signingDate: date,
    signableHeaders: new Set(claim.signed),
    ...(claim.signed.includes("x-amz-content-sha256") ? {} : { unsignableHeaders: new Set(["x-amz-content-sha256"]) }),
  });
  const ours = claimOf(signedHeaders["authorization"]).signature;
  if (!same(ours, claim.signature)) throw new Refusal(403, "SignatureDoesNotMatch");
}

// --- internal ---

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
