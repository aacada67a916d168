// Leases: nobody collects what a session of the other kind reads, and leases of the dead run out.
import { expect, test } from "vitest";
import { type Bucket, commit, scan, state, TTL_MS } from "./bucket.js";

export function leases(program: string, bucket: () => Bucket): void {
  test("the crate's collector spares what a session of ours reads", async () => {
    const [ours, crate] = [bucket().ours().client, bucket().crate(program)];
    await commit(ours, { a: "1" });
    await commit(ours, { b: "2" });
    await ours.begin("read");
    await ours.get("b");
    expect(bucket().names("leases/")).toHaveLength(1);
    expect(await crate.gc()).toEqual({ ok: {} });
    expect(bucket().names("segments/")).toHaveLength(2);
    expect(await scan(ours)).toEqual({ a: "1", b: "2" });
    await ours.end();
    expect(bucket().names("leases/")).toEqual([]);
    expect(await crate.gc()).toEqual({ ok: {} });
    expect(bucket().names("segments/")).toEqual([]);
  });

  test("our collector spares what a session of the crate reads, and then takes it", async () => {
    const [ours, crate] = [bucket().ours().client, bucket().crate(program)];
    await commit(ours, { a: "1" });
    await commit(ours, { b: "2" });
    await crate.begin("read");
    expect(bucket().names("leases/")).toHaveLength(1);
    await ours.compact();
    await collect(bucket(), ours, TTL_MS / 2);
    expect(bucket().names("segments/")).toHaveLength(2);
    expect(await scan(crate)).toEqual({ a: "1", b: "2" });
    await crate.end();
    await collect(bucket(), ours, 2 * TTL_MS);
    expect(bucket().names("segments/")).toEqual([]);
    expect(await state(ours)).toEqual({ a: "1", b: "2" });
  });

  test("a lease of a crate's process that died holds until it has run out, and no longer", async () => {
    const [ours, crate] = [bucket().ours().client, bucket().crate(program)];
    await commit(ours, { a: "1" });
    await crate.begin("read");
    crate.kill();
    await ours.compact();
    await collect(bucket(), ours, TTL_MS / 2);
    expect([bucket().names("segments/").length, bucket().names("leases/").length]).toEqual([1, 1]);
    await collect(bucket(), ours, 2 * TTL_MS);
    expect([bucket().names("segments/"), bucket().names("leases/")]).toEqual([[], []]);
    expect(await state(ours)).toEqual({ a: "1" });
  });
}

// --- internal ---

/** Both calls of our collector, with so much time of the store before each. */
async function collect(bucket: Bucket, ours: ReturnType<Bucket["ours"]>["client"], ms: number): Promise<void> {
  for (let call = 0; call < 2; call += 1) {
    expect(await ours.gc()).toEqual({ ok: {} });
    bucket.aheadMs += ms;
  }
  expect(await ours.gc()).toEqual({ ok: {} });
}
