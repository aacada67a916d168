// Corner cases of the format, literally, each as a file that is judged.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { historyOf } from "../../../test/notation.js";
import { verify } from "./verify.js";

const folder = mkdtempSync(join(tmpdir(), "verify-"));
afterAll(() => rmSync(folder, { recursive: true }));

const judge = async (line: string, initial?: Readonly<Record<string, string>>): Promise<string> => {
  const file = join(folder, "history.jsonl");
  const header = initial === undefined ? { history: 1 } : { history: 1, initial };
  const events = historyOf(line).map(({ step: _, atMs: __, ...fields }) => fields);
  writeFileSync(file, [header, ...events].map((each) => `${JSON.stringify(each)}\n`).join(""));
  const { verdict, violation, operations } = await verify(file);
  expect(operations).toBe(events.filter(({ type }) => type === "invoke").length);
  return violation === null ? verdict : `${violation.promise} ${violation.property}`;
};

describe("verify", () => {
  test.each([
    ["valid", ""],
    ["valid", "A[ A!a=1 A* A+1 B[ B?a=1 B]"],
    ["valid", "A[ A!a=1 A!b=2 A* A+1 B[ B?{b=2,a=1} B]"],
    ["valid", "A[ A!a=1 A* A+1 A] B[ B?a=1 B]"],
    ["valid", "A[ A!a=1 A* A~ B[ B?a=1 B]"],
    ["valid", "A[ A!a=1 A* AX B[ B?a B] B[ B?a=1 B]"],
    ["valid", "A[ A!a=1 A* A#open B[ B?a B] B[ B?a=1 B]"],
    ["valid", "A[ A?a A!a=1 A* A- B[ B!a=2 B* B+1"],
    ["valid", "A[ A!a=1 A#open A[ A?a A]"],
    ["valid", "A[ A!a=1 A* A+1 B[ B!a=1 B* B+2 C[ C?a=1 C]"],
    ["valid", "B[ B?a B* B+ A[ A!a=1 A* A+1"],
    // Without ids, with some, with values that repeat, with puts that nobody knows about.
    ["valid", "A[ A!a=1 A* A+ B[ B?a=1 B!a=2 B* B+ C[ C?{a=2} C]"],
    ["valid", "A[ A!a=1 A* B[ B!a=2 B* A+ B+ C[ C?a=1 C]"],
    ["valid", "A[ A!a=1 A* B[ B!a=1 B* A+7 B+ C[ C?a=1 C]"],
    ["valid", "A[ A%a=1 A* A~ B[ B?a=1 B]"],
    ["valid", "A[ A!a=1 A* A+ B[ B!a B* B+ C[ C?{} C]"],
    ["P1 durable", "A[ A!a=1 A* A+ B[ B?a B]"],
    ["P4 strictly-serializable", "A[ A?b B[ B?a A!a=1 A* A+ B!b=1 B* B+"],
    ["P4 strictly-serializable", "A[ A!a=1 A* B[ B!a=2 B* A+ B+ C[ C?a=1 C] C[ C?a=2 C]"],
    ["P5 monotone", "A[ A!a=1 A* A+2 B[ B!b=1 B* B+1 C[ C!c=1 C* C+"],
    ["P2 failure-is-failure", "A[ A!a=1 A* A- B[ B?a=1 B]"],
    ["P1 durable", "A[ A!a=1 A* A+1 B[ B?a B]"],
    ["P4 strictly-serializable", "A[ A?b B[ B?a A!a=1 A* A+1 B!b=1 B* B+2"],
    ["P5 monotone", "A[ A!a=1 A* A+2 B[ B!b=1 B* B+1"],
    ["P5 monotone", "A[ A!a=1 A* A+1 B[ B!b=1 B* B+1"],
    ["P5 monotone", "A[ A!a=1 A* A+2 B[ B?a=1 B!b=1 B* B+1"],
    ["P6 no-duplicate-keys", "A[ A!a=1 A* A+1 B[ B?{a=1,a=1} B]"],
    ["P6 no-duplicate-keys", "A[ A!a=1 A* A+1 B[ B?{a=1,a=2} B]"],
  ])("%s: %s", async (expected, line) => expect(await judge(line)).toBe(expected));

  test("starts with the initial state", async () => {
    expect(await judge("A[ A?{a=0} A]", { a: "0" })).toBe("valid");
    expect(await judge("A[ A?a A]", { a: "0" })).not.toBe("valid");
  });

  test("explains", async () => {
    await judge("A[ A?b B[ B?a A!a=1 A* A+1 B!b=1 B* B+2");
    const { violation } = await verify(join(folder, "history.jsonl"));
    expect(violation?.explanation).toEqual({
      anomaly: "write skew",
      adya: "G2-item",
      rulesOut: ["strict serializability", "serializability"],
      cycle: [
        "A's txn 1 (events 2-13) read no b before B's txn 2 (events 6-17) wrote b=1",
        "B's txn 2 (events 6-17) read no a before A's txn 1 (events 2-13) wrote a=1",
      ],
      sentence: expect.stringContaining(", yet B's txn 2"),
    });
  });

  test("gives up when the time is up", async () => {
    const writers = Array.from("ABCDEFGH", (name) => `${name}[ ${name}!a=1 ${name}!b=${name} ${name}*`);
    const line = `${writers.join(" ")} I[ I?a=1 I?b=H I] I[ I?b=G I] J[ J?b=H J!b=1 J* J+`;
    expect(await judge(line)).toBe("P3 at-most-once");
    expect((await verify(join(folder, "history.jsonl"), { timeLimitMs: -1 })).verdict).toBe("unknown");
  });

  test("rejects a file that is not there", async () => {
    await expect(verify(join(folder, "none"))).rejects.toThrow("no such file");
    await expect(verify(folder)).rejects.toThrow("can't be read (EISDIR)");
  });
});
