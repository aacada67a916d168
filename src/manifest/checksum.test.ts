import { expect, test } from "vitest";
import type { StoreRequest, StoreResponse } from "../store/request.js";
import { SimulatedStore } from "../store/simulated.js";
import { openManifest } from "./manifest.js";

/** A client of a fresh bucket whose answers go through `hear`, and the bucket. */
function clientHearing(hear: (request: StoreRequest, response: StoreResponse) => StoreResponse) {
  const store = new SimulatedStore({ now: () => 1_700_000_000_000 });
  let made = 0;
  const manifest = openManifest({
    send: async (request) => hear(request, store.apply(request)),
    clock: { now: () => 1_700_000_000_000, sleep: async () => undefined },
    nonce: () => {
      made += 1;
      return `n${made}`;
    },
    prefix: "",
    leaseTtlMs: 10_000,
  });
  return { manifest, store };
}

/** Commits k=v1 and reads it back. */
async function writeAndRead({ manifest }: ReturnType<typeof clientHearing>) {
  await manifest.begin("write");
  await manifest.put("k", "v1");
  const written = await manifest.commit();
  await manifest.begin("read");
  const read = await manifest.get("k");
  await manifest.end();
  return { written, read };
}

/** Changes the answers to the first `times` requests that fit. */
function firstOf(times: number, fits: (request: StoreRequest) => boolean, change: (r: StoreResponse) => StoreResponse) {
  let left = times;
  return (request: StoreRequest, response: StoreResponse): StoreResponse => {
    if (left === 0 || response.status !== 200 || !fits(request)) return response;
    left -= 1;
    return change(response);
  };
}

const isSegment = ({ method, key }: StoreRequest): boolean => method === "GET" && key.startsWith("segments/");
const otherValue = (response: StoreResponse): StoreResponse => ({
  ...response,
  body: String(response.body).replace("v1", "v2"),
});
const cut = (response: StoreResponse): StoreResponse => ({ ...response, body: String(response.body).slice(0, 20) });
const withoutEtag = ({ etag: _lost, ...response }: StoreResponse): StoreResponse => response;
const committed = { written: { ok: { txn: 1 } }, read: { ok: { value: "v1" } } };

test.each([
  ["another value in a segment", isSegment, otherValue],
  ["a segment that is cut off", isSegment, cut],
  ["a HEAD that is cut off", ({ method, key }: StoreRequest) => method === "GET" && key === "HEAD.json", cut],
  ["GETs without an ETag", ({ method }: StoreRequest) => method === "GET", withoutEtag],
  ["PUTs without an ETag", ({ method }: StoreRequest) => method === "PUT", withoutEtag],
])("%s: three times is no harm", async (_what, fits, change) => {
  expect(await writeAndRead(clientHearing(firstOf(3, fits, change)))).toEqual(committed);
});

test("a body that never matches its checksum is an honest failure, never a wrong value and never absent", async () => {
  const { read } = await writeAndRead(clientHearing(firstOf(1000, isSegment, otherValue)));
  expect(read).toMatchObject({ fail: { error: "unavailable", message: expect.stringContaining("Garbled") } });
});

test("a PUT of HEAD that never has an ETag in its answer is looked up instead", async () => {
  const isPutOfHead = ({ method, key }: StoreRequest): boolean => method === "PUT" && key === "HEAD.json";
  expect(await writeAndRead(clientHearing(firstOf(1000, isPutOfHead, withoutEtag)))).toEqual(committed);
});

test("every object has its checksum in its metadata, beside fusio-manifest's", async () => {
  const client = clientHearing((_, response) => response);
  await writeAndRead(client);
  await client.manifest.compact();
  const metadata = client.store.content().map(([key, object]) => [key, Object.keys(object.metadata ?? {})] as const);
  expect(metadata.length).toBeGreaterThan(3);
  for (const [key, names] of metadata)
    expect(names.sort(), key).toEqual(key.startsWith("segments/") ? ["crc32", "fusio-txn-id"] : ["crc32"]);
});
