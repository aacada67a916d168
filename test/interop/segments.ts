// Segments and HEAD: what both versions of the crate and ours have in common.
import { expect, test } from "vitest";
import { type Bucket, commit, state, value } from "./bucket.js";

/** Cases for one version of the crate; `bucket` is a fresh one in each. */
export function segments(program: string, bucket: () => Bucket): void {
  test("each reads what the other wrote, deletes and other alphabets included", async () => {
    const ours = bucket().ours().client;
    expect(await commit(ours, { a: "1", b: "2" })).toEqual({ ok: { txn: 1 } });
    expect(await commit(ours, { a: null, ключ: 'значение "1"' })).toEqual({ ok: { txn: 2 } });
    const crate = bucket().crate(program);
    expect(await state(crate)).toEqual({ b: "2", ключ: 'значение "1"' });
    expect([await value(crate, "a"), await value(crate, "b")]).toEqual([null, "2"]);
    expect(await commit(crate, { b: null, c: "значение" })).toEqual({ ok: { txn: 3 } });
    expect(await state(ours)).toEqual({ c: "значение", ключ: 'значение "1"' });
    expect([await value(ours, "b"), await value(ours, "c")]).toEqual([null, "значение"]);
  });

  test("in turns, each by a process that goes on: no transaction is lost or counted twice", async () => {
    const [ours, crate] = [bucket().ours().client, bucket().crate(program)];
    const expected: Record<string, string> = {};
    for (let i = 1; i <= 8; i += 1) {
      expected[`k${i % 3}`] = `v${i}`;
      expect(await commit(i % 2 === 0 ? ours : crate, { [`k${i % 3}`]: `v${i}` })).toEqual({ ok: { txn: i } });
      expect([await state(ours), await state(crate)]).toEqual([expected, expected]);
    }
    expect(bucket().read("HEAD.json")).toMatchObject({ last_segment_seq: 8, last_txn_id: 8 });
    expect(bucket().names("segments/")).toHaveLength(8);
  });
}

/** The same where two meet, one dies, or one drops what the other needs. */
export function meetings(program: string, bucket: () => Bucket): void {
  test("whoever has read is told conflict when the other came first", async () => {
    const [ours, crate] = [bucket().ours().client, bucket().crate(program)];
    await commit(crate, { a: "1" });
    await ours.begin("write");
    await ours.get("a");
    await ours.put("a", "2");
    await commit(crate, { a: "3" });
    expect(await ours.commit()).toMatchObject({ fail: { error: "conflict" } });
    await crate.begin("write");
    await crate.get("a");
    await crate.put("a", "4");
    await commit(ours, { a: "5" });
    expect(await crate.commit()).toMatchObject({ fail: { error: "conflict" } });
    expect([await state(ours), await state(crate)]).toEqual([{ a: "5" }, { a: "5" }]);
  });

  test("each publishes the segment of the other that died before HEAD", async () => {
    const [ours, crate] = [bucket().ours().client, bucket().crate(program)];
    await commit(crate, { a: "1" });
    await withoutHead(bucket(), async () => expect(await commit(ours, { b: "2" })).toHaveProperty("info"));
    // 0.6.1 recovers at a process's first write session, and beside its caller, so it may need a moment.
    expect(await bucket().crate(program).recover()).toEqual({ ok: {} });
    await expect.poll(() => bucket().read("HEAD.json")["last_txn_id"]).toBe(2);
    expect(await state(bucket().ours().client)).toEqual({ a: "1", b: "2" });
    await withoutHead(bucket(), async () => expect(await commit(crate, { c: "3" })).toHaveProperty("info"));
    expect(await bucket().ours().client.recover()).toEqual({ ok: {} });
    expect(await state(bucket().crate(program))).toEqual({ a: "1", b: "2", c: "3" });
  });

  test("a HEAD whose further fields were dropped is noticed, once a client, also by those that come later", async () => {
    const [first, crate] = [bucket().ours(), bucket().crate(program)];
    await commit(first.client, { a: "1" });
    await state(first.client);
    expect(first.warnings).toEqual([]);
    await commit(crate, { b: "2" });
    await state(first.client);
    await state(first.client);
    expect(first.warnings).toEqual([expect.stringContaining("only that program's guarantees hold here")]);
    expect(await commit(first.client, { c: "3" })).toEqual({ ok: { txn: 3 } });
    const later = bucket().ours();
    await state(later.client);
    expect(later.warnings).toHaveLength(1);
  });
}

// --- internal ---

/** No PUT of HEAD is applied, and none is answered, while `run` lasts. */
async function withoutHead(bucket: Bucket, run: () => Promise<void>): Promise<void> {
  bucket.instead = async ({ method, key }) =>
    method === "PUT" && key.endsWith("/HEAD.json") ? { status: 0, code: "ConnectionReset" } : undefined;
  await run();
  bucket.instead = async () => undefined;
}
