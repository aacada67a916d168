// Checkpoints and garbage plans: 0.6.0 has the whole format, 0.6.1 reads our checkpoints and writes its own in other files.
import { expect, test } from "vitest";
import { type Bucket, commit, scan, state, TTL_MS, value } from "./bucket.js";

/** Cases for 0.6.0. */
export function checkpoints(program: string, bucket: () => Bucket): void {
  test("each reads through the other's checkpoint and compacts over it", async () => {
    const [ours, crate] = [bucket().ours().client, bucket().crate(program)];
    await commit(ours, { a: "1", b: "2" });
    await commit(crate, { c: "3" });
    expect(await ours.compact()).toEqual({ ok: {} });
    expect(await state(crate)).toEqual({ a: "1", b: "2", c: "3" });
    expect(await commit(crate, { b: null, d: "4" })).toEqual({ ok: { txn: 3 } });
    expect(await state(ours)).toEqual({ a: "1", c: "3", d: "4" });
    expect(await crate.compact()).toEqual({ ok: {} });
    expect(bucket().read("HEAD.json")["checkpoint_id"]).toBe("ckpt-00000000000000000003");
    expect(await state(ours)).toEqual({ a: "1", c: "3", d: "4" });
    expect(await commit(ours, { e: "5" })).toEqual({ ok: { txn: 4 } });
    expect(await value(ours, "d")).toBe("4");
    expect(await ours.compact()).toEqual({ ok: {} });
    expect(bucket().read("HEAD.json")["checkpoint_id"]).toMatch(/^ckpt-00000000000000000004-/);
    expect([await value(crate, "a"), await value(crate, "b"), await value(crate, "e")]).toEqual(["1", null, "5"]);
    expect(await state(crate)).toEqual({ a: "1", c: "3", d: "4", e: "5" });
  });

  test("a checkpoint of ours that comes late does not take the place of the crate's newer one", async () => {
    const [ours, crate] = [bucket().ours().client, bucket().crate(program)];
    await commit(crate, { a: "1" });
    let done = false;
    bucket().instead = async ({ method, key }) => {
      if (done || method !== "PUT" || !key.endsWith(".meta.json")) return undefined;
      // Ours has folded transaction 1; before it swaps HEAD, the crate commits and compacts.
      done = true;
      await commit(crate, { b: "2" });
      await crate.compact();
      return undefined;
    };
    expect(await ours.compact()).toEqual({ ok: {} });
    expect(bucket().read("HEAD.json")).toMatchObject({ checkpoint_id: "ckpt-00000000000000000002" });
    expect([await state(ours), await state(crate)]).toEqual([
      { a: "1", b: "2" },
      { a: "1", b: "2" },
    ]);
  });
}

/** Cases for 0.6.0. */
export function plans(program: string, bucket: () => Bucket): void {
  test("the crate carries out a plan of ours, and ours plans again over what it left", async () => {
    // The store's clock is behind the crate's: to the crate the plan has been waiting long enough.
    bucket().aheadMs = -3 * TTL_MS;
    const [ours, crate] = [bucket().ours().client, bucket().crate(program, { MANIFEST_GC: "plan" })];
    await commit(ours, { a: "1" });
    await commit(ours, { b: "2" });
    await ours.compact();
    await ours.gc();
    expect(bucket().read("gc/GARBAGE")).toMatchObject({
      delete_segments: [
        { start: 1, end: 1 },
        { start: 2, end: 2 },
      ],
    });
    expect(bucket().names("segments/")).toHaveLength(2);
    expect(await crate.gc()).toEqual({ ok: {} });
    expect(bucket().names("segments/")).toEqual([]);
    expect(bucket().read("gc/GARBAGE")).toMatchObject({ delete_segments: [], delete_checkpoints: [] });
    await commit(ours, { c: "3" });
    await ours.compact();
    for (let call = 0; call < 3; call += 1) {
      expect(await ours.gc()).toEqual({ ok: {} });
      bucket().aheadMs += 2 * TTL_MS;
    }
    expect([bucket().names("segments/"), bucket().names("checkpoints/").length]).toEqual([[], 2]);
    expect([await state(ours), await state(crate)]).toEqual([
      { a: "1", b: "2", c: "3" },
      { a: "1", b: "2", c: "3" },
    ]);
  });

  test("a plan of the crate is not swept by ours, but replaced by one that is safe", async () => {
    const [ours, crate] = [bucket().ours().client, bucket().crate(program, { MANIFEST_GC: "plan" })];
    await commit(ours, { a: "1" });
    await commit(ours, { b: "2" });
    await ours.compact();
    // The crate plans only while somebody has a lease.
    const reader = bucket().crate(program);
    await reader.begin("read");
    expect(await crate.gc()).toEqual({ ok: {} });
    expect(bucket().read("gc/GARBAGE")).toMatchObject({ delete_segments: [{ start: 1, end: 2 }] });
    expect(bucket().read("gc/GARBAGE")).not.toHaveProperty("checkpoint_seq");
    bucket().aheadMs = TTL_MS / 2;
    await ours.gc();
    expect(bucket().read("gc/GARBAGE")).toMatchObject({ checkpoint_seq: 2, delete_segments: [{ end: 1 }, { end: 2 }] });
    expect(bucket().names("segments/")).toHaveLength(2);
    expect(await scan(reader)).toEqual({ a: "1", b: "2" });
    await reader.end();
    bucket().aheadMs = 3 * TTL_MS;
    await ours.gc();
    expect(bucket().names("segments/")).toEqual([]);
    expect(await state(crate)).toEqual({ a: "1", b: "2" });
  });
}

/** Cases for 0.6.1; `older` is 0.6.0. */
export function runs(program: string, older: string, bucket: () => Bucket): void {
  test("it reads no checkpoint of the older format, ours or 0.6.0's, and says so; ours goes on", async () => {
    const [ours, newer] = [bucket().ours().client, bucket().crate(program)];
    const corrupt = { fail: { error: "corrupt", message: expect.stringContaining("run index missing") } };
    await commit(newer, { a: "1" });
    await ours.compact();
    expect(await state(newer)).toEqual(corrupt);
    expect(await commit(newer, { b: "2" })).toEqual({ ok: { txn: 2 } });
    expect(await state(ours)).toEqual({ a: "1", b: "2" });
    expect(await bucket().crate(older).compact()).toEqual({ ok: {} });
    expect(await state(newer)).toEqual(corrupt);
    expect(await state(ours)).toEqual({ a: "1", b: "2" });
  });

  test("after its own compaction ours says that it can't read it, and leaves HEAD as it is", async () => {
    const [ours, crate] = [bucket().ours().client, bucket().crate(program)];
    await commit(crate, { a: "1" });
    await crate.compact();
    const head = bucket().read("HEAD.json");
    expect(head["merge_tree"]).toMatchObject({ compacted_segment_seq: 1 });
    const unsupported = { fail: { error: "unsupported", message: expect.stringContaining("0.6.1") } };
    expect(await state(ours)).toEqual(unsupported);
    expect(await commit(ours, { b: "2" })).toEqual(unsupported);
    expect(await ours.compact()).toEqual(unsupported);
    expect(await ours.gc()).toEqual(unsupported);
    expect(await ours.recover()).toEqual(unsupported);
    expect(bucket().read("HEAD.json")).toEqual(head);
    expect(bucket().names("segments/")).toHaveLength(1);
  });
}
