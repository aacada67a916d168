import { describe, expect, test } from "vitest";
import type { StoreRequest } from "../store/request.js";
import { SimulatedStore } from "../store/simulated.js";
import { type Manifest, openManifest } from "./manifest.js";

const TTL_MS = 10_000;

/** A bucket, its clock, and clients of one manifest in it, each counting its own requests. */
function bucket() {
  const clock = { nowMs: 1_700_000_000_000 };
  const store = new SimulatedStore({ now: () => clock.nowMs });
  let clients = 0;
  const client = () => {
    clients += 1;
    const name = `c${clients}`;
    const requests: StoreRequest[] = [];
    const warnings: string[] = [];
    let made = 0;
    const manifest = openManifest({
      send: async (request) => {
        requests.push(request);
        return store.apply(request);
      },
      clock: { now: () => clock.nowMs, sleep: async () => undefined },
      nonce: () => {
        made += 1;
        return `${name}.${made}`;
      },
      prefix: "m/",
      leaseTtlMs: TTL_MS,
      warn: (message) => warnings.push(message),
    });
    return { manifest, requests, warnings };
  };
  return { clock, store, client, names: () => store.content().map(([key]) => key) };
}

async function write(manifest: Manifest, entries: Readonly<Record<string, string | null>>) {
  await manifest.begin("write");
  for (const [key, value] of Object.entries(entries))
    await (value === null ? manifest.delete(key) : manifest.put(key, value));
  return manifest.commit();
}

async function scan(manifest: Manifest) {
  await manifest.begin("read");
  const answer = await manifest.scan();
  await manifest.end();
  return answer;
}

describe("a client alone", () => {
  test("reads what it committed, deletes included, before and after compaction", async () => {
    const { manifest } = bucket().client();
    expect(await write(manifest, { a: "1", b: "2" })).toEqual({ ok: { txn: 1 } });
    expect(await write(manifest, { a: null, c: "3" })).toEqual({ ok: { txn: 2 } });
    const entries = [
      ["b", "2"],
      ["c", "3"],
    ];
    expect(await scan(manifest)).toEqual({ ok: { entries } });
    expect(await manifest.compact()).toEqual({ ok: {} });
    expect(await scan(manifest)).toEqual({ ok: { entries } });
  });

  test("reads the session's snapshot, not its staged writes, and nothing committed since", async () => {
    const home = bucket();
    const [mine, other] = [home.client().manifest, home.client().manifest];
    await write(mine, { a: "1" });
    await mine.begin("write");
    expect(await mine.get("a")).toEqual({ ok: { value: "1" } });
    await mine.put("a", "2");
    await write(other, { b: "3" });
    expect(await mine.get("a")).toEqual({ ok: { value: "1" } });
    expect(await mine.get("b")).toEqual({ ok: { value: null } });
    expect(await mine.commit()).toMatchObject({ fail: { error: "conflict" } });
  });

  test.each([
    ["get without a session", (m: Manifest) => m.get("a")],
    ["commit without a session", (m: Manifest) => m.commit()],
    ["put in a read session", (m: Manifest) => m.begin("read").then(() => m.put("a", "1"))],
    ["begin in a session", (m: Manifest) => m.begin("read").then(() => m.begin("read"))],
  ])("%s is refused", async (_what, act) => {
    expect(await act(bucket().client().manifest)).toMatchObject({ fail: { error: "session" } });
  });
});

describe("what it costs, in requests", () => {
  const made = (requests: StoreRequest[]): string[] =>
    requests.splice(0).map(({ method, key }) => `${method} ${key.split("/")[1]}`);

  test("a commit of a session that reads nothing: 3, and 2 right after one's own", async () => {
    const home = bucket();
    await write(home.client().manifest, { a: "0" });
    const { manifest, requests } = home.client();
    await write(manifest, { a: "1" });
    expect(made(requests)).toEqual(["GET HEAD.json", "PUT segments", "PUT HEAD.json"]);
    await write(manifest, { a: "2" });
    expect(made(requests)).toEqual(["PUT segments", "PUT HEAD.json"]);
  });

  test("the very first commit: 3", async () => {
    const { manifest, requests } = bucket().client();
    await write(manifest, { a: "1" });
    expect(made(requests)).toHaveLength(3);
  });

  test("the commit of a session that has read: 3, giving back the lease included", async () => {
    const home = bucket();
    await write(home.client().manifest, { a: "0" });
    const { manifest, requests } = home.client();
    await manifest.begin("write");
    await manifest.get("a");
    await manifest.put("a", "1");
    made(requests);
    await manifest.commit();
    expect(made(requests)).toEqual(["PUT segments", "PUT HEAD.json", "DELETE leases"]);
  });

  test("a read session of one scan on a fresh checkpoint: 4", async () => {
    const home = bucket();
    const writer = home.client().manifest;
    await write(writer, { a: "0" });
    await writer.compact();
    const { manifest, requests } = home.client();
    await scan(manifest);
    expect(made(requests)).toEqual(["PUT leases", "GET HEAD.json", "GET checkpoints", "DELETE leases"]);
  });
});

describe("garbage", () => {
  test("after a commit, a read and every TTL: compact, gc, gc leave one checkpoint and nothing else", async () => {
    const home = bucket();
    const { manifest } = home.client();
    for (const value of ["1", "2", "3"]) {
      await write(manifest, { a: value });
      await manifest.compact();
    }
    await home.client().manifest.begin("read");
    const left = home.client().manifest;
    await left.begin("read");
    await left.scan();
    await write(manifest, { b: "4" });
    home.clock.nowMs += TTL_MS + 5000;
    for (const chore of ["compact", "gc", "gc"] as const) expect(await manifest[chore]()).toEqual({ ok: {} });
    const kinds = home.names().map((name) => name.replace(/[^/]*$/, ""));
    expect(kinds).toEqual(["m/", "m/checkpoints/", "m/checkpoints/", "m/gc/"]);
    expect(await scan(manifest)).toEqual({
      ok: {
        entries: [
          ["a", "3"],
          ["b", "4"],
        ],
      },
    });
  });

  test("nothing that a live session needs is taken, however often gc runs; after its TTL the session is told expired", async () => {
    const home = bucket();
    const keeper = home.client().manifest;
    await write(keeper, { a: "1" });
    await write(keeper, { b: "1" });
    const reader = home.client().manifest;
    await reader.begin("read");
    await reader.get("b");
    await write(keeper, { a: "2" });
    home.clock.nowMs += TTL_MS - 1000;
    for (let i = 0; i < 3; i += 1) await keeper.compact().then(() => keeper.gc());
    expect(await reader.get("a")).toEqual({ ok: { value: "1" } });
    await write(keeper, { c: "1" });
    const late = home.client().manifest;
    await late.begin("read");
    await late.get("c");
    await write(keeper, { b: "3" });
    home.clock.nowMs += TTL_MS + 5000;
    for (let i = 0; i < 3; i += 1) await keeper.compact().then(() => keeper.gc());
    expect(await late.get("b")).toMatchObject({ fail: { error: "expired" } });
  });

  test("a stalled writer that re-creates a collected slot is not believed", async () => {
    const home = bucket();
    const keeper = home.client().manifest;
    await write(keeper, { a: "1" });
    const stalled = home.client().manifest;
    await stalled.begin("write");
    await stalled.get("a");
    await stalled.put("a", "stalled");
    await write(keeper, { a: "2" });
    home.clock.nowMs += TTL_MS + 5000;
    for (const chore of ["compact", "gc", "gc"] as const) await keeper[chore]();
    expect(await stalled.commit()).toMatchObject({ info: { error: "unknown" } });
    expect(await scan(keeper)).toEqual({ ok: { entries: [["a", "2"]] } });
  });
});

describe("a HEAD of another program", () => {
  test("that holds runs of fusio-manifest 0.6.1 is refused, and left as it is", async () => {
    const home = bucket();
    const { manifest } = home.client();
    await write(manifest, { a: "1" });
    const body = JSON.stringify({
      version: 1,
      checkpoint_id: "ckpt-1",
      last_segment_seq: 1,
      last_txn_id: 1,
      merge_tree: { levels: ["ckpt-1", null], compacted_segment_seq: 1, next_run_id: 2 },
    });
    const { etag } = home.store.apply({ method: "PUT", key: "m/HEAD.json", body });
    const unsupported = { fail: { error: "unsupported" } };
    expect(await write(home.client().manifest, { b: "2" })).toMatchObject(unsupported);
    expect(await scan(manifest)).toMatchObject(unsupported);
    for (const chore of ["compact", "gc", "recover"] as const)
      expect(await manifest[chore]()).toMatchObject(unsupported);
    expect(home.store.apply({ method: "HEAD", key: "m/HEAD.json" }).etag).toBe(etag);
  });

  test("that has dropped our fields is told once a client, also after our next commit", async () => {
    const home = bucket();
    await write(home.client().manifest, { a: "1" });
    const body = JSON.stringify({ version: 1, checkpoint_id: null, last_segment_seq: 1, last_txn_id: 1 });
    home.store.apply({ method: "PUT", key: "m/HEAD.json", body });
    for (const next of ["2", "3"]) {
      const { manifest, warnings } = home.client();
      expect(await write(manifest, { a: next })).toEqual({ ok: { txn: Number(next) } });
      await scan(manifest);
      expect(warnings).toHaveLength(1);
    }
  });
});
