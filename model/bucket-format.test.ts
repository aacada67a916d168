// Names and bodies of the bucket's objects: what is read, and what is nothing.
import { describe, expect, test } from "vitest";
import { changesOf, checkpointSeqOf, entriesOf, headOf, objectName } from "./bucket-format.js";

describe("names", () => {
  test.each([
    ["HEAD.json", { kind: "head" }],
    ["segments/seg-00000000000000000012.json", { kind: "segment", seq: 12 }],
    ["segments/seg-12.json", { kind: "other" }],
    ["segments/seg-0000000000000000001x.json", { kind: "other" }],
    ["segments/seg-00000000000000000000.json", { kind: "segment", seq: 0 }],
    ["segments/seg--0000000000000000001.json", { kind: "other" }],
    ["checkpoints/ckpt-1.json", { kind: "checkpoint", id: "ckpt-1" }],
    ["checkpoints/ckpt-1.meta.json", { kind: "meta", id: "ckpt-1" }],
    ["checkpoints/ckpt-1.bin", { kind: "other" }],
    ["leases/a.json", { kind: "other" }],
    ["gc/GARBAGE", { kind: "other" }],
  ])("%s", (key, name) => expect(objectName(key)).toEqual(name));
});

describe("bodies", () => {
  test.each(["", "{", "null", "7", "[]", '"x"'])("%j is nothing", (text) => {
    for (const read of [headOf, changesOf, entriesOf, checkpointSeqOf]) expect(read(text)).toBeUndefined();
  });

  test.each([
    ['{"last_segment_seq":"1"}', headOf],
    ['{"last_txn_id":"1"}', headOf],
    ['{"checkpoint_id":1}', headOf],
    ['{"records":{}}', changesOf],
    ['{"records":[null]}', changesOf],
    ['{"records":["x"]}', changesOf],
    ['{"records":[{"op":"Del"}]}', changesOf],
    ['{"records":[{"key":"a","op":"Put"}]}', changesOf],
    ['{"records":[{"key":"a","op":"Add","value":"1"}]}', changesOf],
    ['{"entries":{}}', entriesOf],
    ['{"entries":[["a"]]}', entriesOf],
    ['{"entries":[["a",1]]}', entriesOf],
    ['{"entries":[[1,"a"]]}', entriesOf],
    ['{"entries":["ab"]}', entriesOf],
    ['{"entries":[{"0":"a","1":"b"}]}', entriesOf],
    ['{"entries":[["a","1"],["b"]]}', entriesOf],
    ['{"last_segment_seq_at_ckpt":null}', checkpointSeqOf],
  ])("%s has a field of the wrong kind", (text, read) => expect(read(text)).toBeUndefined());

  test("a HEAD may leave out what it has not", () => {
    expect(headOf('{"version":1,"checkpoint_id":null,"last_segment_seq":null}')).toEqual({
      seq: 0,
      txn: 0,
      checkpointId: null,
    });
  });

  test("fields that nobody asked for are passed over", () => {
    expect(changesOf('{"txn_id":1,"records":[{"key":"a","op":"Put","value":"1","x":0}],"nonce":"n"}')).toEqual([
      ["a", "1"],
    ]);
  });
});
