// The store's answer on the wire, with what only this frame knows: the request's id, and S3's own words for an error.
import type { StoreResponse } from "../request.js";
import { responseOn, type WireResponse } from "../wire.js";
import type { Call } from "./call.js";
import { messageOf } from "./refusal.js";

export function written(
  { wire, caller }: Call,
  response: StoreResponse,
  message = messageOf(response.code ?? ""),
): WireResponse {
  const { key, bucket } = wire;
  return responseOn(wire, response, {
    message,
    key,
    bucket,
    requestId: caller.requestId,
  });
}
