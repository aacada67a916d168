// What is a history file and what is none: every kind of damage names its line.
import { describe, expect, test } from "vitest";
import type { HistoryFileError } from "./error.js";
import { readHistory } from "./read.js";

const HEADER = '{"history":1}';

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

const read = (text: string | Uint8Array, size = 7) => readHistory(chunks(Buffer.from(text), size));

/** `LINE: what is wrong`. */
const complaint = async (text: string | Uint8Array): Promise<string> => {
  try {
    await read(text);
  } catch (error) {
    return `${(error as HistoryFileError).line}: ${(error as HistoryFileError).message}`;
  }
  return "nothing is wrong";
};

const lines = (...each: readonly string[]): string => `${each.join("\n")}\n`;
const begin = '{"client":"A","type":"invoke","op":"begin","mode":"write"}';
const begun = '{"client":"A","type":"ok","op":"begin"}';
const commit = '{"client":"A","type":"invoke","op":"commit"}';
const put = '{"client":"A","type":"invoke","op":"put","key":"a","value":"1"}';

describe("a history", () => {
  test.each([
    ["its first line only", HEADER],
    ["a newline at the end", `${HEADER}\n`],
    ["blank lines", `${HEADER}\n\n \n${begin}\n\n`],
    ["CRLF", `${HEADER}\r\n${begin}\r\n`],
    ["a byte order mark", `\ufeff${HEADER}\n${begin}\n`],
    ["the last line without its newline", `${HEADER}\n${begin}`],
    ["unknown fields", lines('{"history":1,"by":"me"}', begin.replace("}", ',"at":"noon"}'))],
    ["an id that is answered", lines(HEADER, begin.replace("}", ',"id":1}'), begun.replace("}", ',"id":1}'))],
    ["an id that is not", lines(HEADER, begin.replace("}", ',"id":1}'), begun)],
    ["a txn that is null", lines(HEADER, begin, begun, commit, '{"client":"A","type":"ok","op":"commit","txn":null}')],
    ["a crash out of the blue", lines(HEADER, '{"client":"A","type":"crash"}')],
    [
      "chores anywhere",
      lines(HEADER, '{"client":"A","type":"invoke","op":"gc"}', '{"client":"A","type":"ok","op":"gc"}'),
    ],
    [
      "an end after the commit",
      lines(
        HEADER,
        begin,
        begun,
        commit,
        '{"client":"A","type":"ok","op":"commit"}',
        '{"client":"A","type":"invoke","op":"end"}',
        '{"client":"A","type":"fail","op":"end"}',
      ),
    ],
    ["a begin after a begin that failed", lines(HEADER, begin, '{"client":"A","type":"fail","op":"begin"}', begin)],
    ["a begin after a commit that nobody answered", lines(HEADER, begin, begun, commit, begin)],
    [
      "open in the middle of a session",
      lines(
        HEADER,
        begin,
        begun,
        '{"client":"A","type":"invoke","op":"open","prefix":"p"}',
        '{"client":"A","type":"ok","op":"open"}',
        begin,
      ),
    ],
  ])("with %s", async (_, text) => expect(await complaint(text)).toBe("nothing is wrong"));

  test("is cut into chunks anywhere", async () => {
    const text = lines(HEADER, begin, begun, put.replace("1", "ü€😀"));
    for (let size = 1; size < 90; size += 1) {
      const { transactions, operations } = await read(text, size);
      expect([transactions.length, operations]).toEqual([1, 2]);
    }
  });

  test("has an initial state", async () => {
    const { initial } = await read('{"history":1,"initial":{"a":"1","__proto__":"2"}}');
    expect([...initial]).toEqual([
      ["a", "1"],
      ["__proto__", "2"],
    ]);
  });

  test("keeps the client 1 and the client named 1 apart", async () => {
    const { transactions } = await read(lines(HEADER, begin.replace('"A"', "1"), begin.replace('"A"', '"1"')));
    expect(transactions.map(({ client }) => client)).toEqual(["1", "1*"]);
  });
});

describe("no history", () => {
  const table: readonly (readonly [complaint: string, text: string | Uint8Array])[] = [
    ["1: an empty file", ""],
    ["1: no history: the first line", "{}"],
    ["1: no history: the first line", lines(begin)],
    ["1: not JSON, or cut off", "\n"],
    ["1: not a JSON object", "[1]"],
    ["1: a history of version 2; this program reads up to 1", '{"history":2}'],
    ["1: there is no version 0", '{"history":0}'],
    ['1: "initial" must be an object of strings', '{"history":1,"initial":{"a":1}}'],
    ['1: "initial" must be an object of strings', '{"history":1,"initial":["a"]}'],
    ["3: not JSON, or cut off", lines(HEADER, begin, begun.slice(0, 20))],
    ["2: not a JSON object: null", lines(HEADER, "null")],
    ["2: not UTF-8", Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from([0x7b, 0xff, 0x7d])])],
    ["2: not UTF-8", Buffer.concat([Buffer.from(`${HEADER}\n${begin}`), Buffer.from([0xe2, 0x82])])],
    ["1: not UTF-8", Buffer.from(`\ufeff${HEADER}`, "utf16le")],
    ['2: "client" must be a string or a number, not nothing', lines(HEADER, '{"type":"crash"}')],
    ['2: "client" must be a string or a number, not null', lines(HEADER, '{"client":null,"type":"crash"}')],
    ['2: unknown type "okay"', lines(HEADER, '{"client":"A","type":"okay","op":"get"}')],
    ['2: unknown op "cas"', lines(HEADER, '{"client":"A","type":"invoke","op":"cas"}')],
    ['2: unknown op "toString"', lines(HEADER, '{"client":"A","type":"invoke","op":"toString"}')],
    ["2: unknown op nothing", lines(HEADER, '{"client":"A","type":"invoke"}')],
    ['2: "mode" must be', lines(HEADER, '{"client":"A","type":"invoke","op":"begin","mode":"rw"}')],
    ['4: "key" must be a string, not 7', lines(HEADER, begin, begun, put.replace('"a"', "7"))],
    ['4: "value" must be a string, not null', lines(HEADER, begin, begun, put.replace('"1"', "null"))],
    [
      '5: "value" must be a string or null, not nothing',
      lines(
        HEADER,
        begin,
        begun,
        '{"client":"A","type":"invoke","op":"get","key":"a"}',
        '{"client":"A","type":"ok","op":"get"}',
      ),
    ],
    [
      '5: "entries" must be an array of [key, value], not [["a"]]',
      lines(
        HEADER,
        begin,
        begun,
        '{"client":"A","type":"invoke","op":"scan"}',
        '{"client":"A","type":"ok","op":"scan","entries":[["a"]]}',
      ),
    ],
    [
      '5: "txn" must be a number',
      lines(HEADER, begin, begun, commit, '{"client":"A","type":"ok","op":"commit","txn":"1"}'),
    ],
    [
      '5: "txn" must be a number of at most 2^53',
      lines(HEADER, begin, begun, commit, '{"client":"A","type":"ok","op":"commit","txn":9007199254740993}'),
    ],
    ["2: ok of get without its invoke", lines(HEADER, '{"client":"A","type":"ok","op":"get","value":null}')],
    ["3: ok of commit without its invoke", lines(HEADER, begin, '{"client":"A","type":"ok","op":"commit"}')],
    ["4: begin inside a session", lines(HEADER, begin, begun, begin)],
    ["5: second commit of a session", lines(HEADER, begin, begun, commit, commit)],
    ["3: an answer to 2, but A asked 1", lines(HEADER, begin.replace("}", ',"id":1}'), begun.replace("}", ',"id":2}'))],
    [
      "7: ok commit after a put or delete that was info",
      lines(
        HEADER,
        begin,
        begun,
        put,
        '{"client":"A","type":"info","op":"put"}',
        commit,
        '{"client":"A","type":"ok","op":"commit"}',
      ),
    ],
    [
      "4: put outside a session",
      lines(HEADER, '{"client":"A","type":"crash"}', put, '{"client":"A","type":"ok","op":"put"}'),
    ],
  ];
  test.each(table)("%s", async (expected, text) => expect(await complaint(text)).toContain(expected));

  test("a line without end", async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${HEADER}\n`);
      for (;;) yield Buffer.alloc(2 ** 20, "x");
    }
    await expect(readHistory(endless())).rejects.toThrow("a line of more than 64 MiB");
  });
});
