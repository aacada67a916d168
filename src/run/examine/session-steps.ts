// Sessions of clients that nothing disturbs: what is read, written, committed, and seen by others.
import { shown } from "./speaker.js";
import { right, type Step } from "./step.js";
import { Wrong } from "./wrong.js";

const begins: readonly Step[] = [
  {
    name: "empty",
    says: "under an empty prefix a session reads nothing",
    take: async (bench) => {
      const first = await bench.client("first");
      await first.expect("k0", null, "under an empty prefix");
      if (!bench.ops.includes("scan")) return right("begin, get, end");
      await first.ok({ op: "begin", mode: "read" });
      const { entries } = await first.ok({ op: "scan" });
      await first.ok({ op: "end" });
      if ((entries as readonly unknown[]).length > 0)
        throw new Wrong(`under an empty prefix scan shows ${JSON.stringify(entries)}`);
      return right("begin, get, scan, end");
    },
  },
  {
    name: "commit",
    says: "a session's reads are of its snapshot, a commit ends it, and the next session sees what it wrote",
    take: async (bench) => {
      const first = await bench.client("first");
      await first.ok({ op: "begin", mode: "write" });
      await first.ok({ op: "put", key: "commit", value: "v1" });
      const staged = await first.read("commit");
      if (staged !== null)
        throw new Wrong(`a session reads its own staged write, ${JSON.stringify(staged)}, and not its snapshot`);
      const { txn } = await first.ok({ op: "commit" });
      await first.expect("commit", "v1", "after a commit answered ok");
      await first.put("commit", "v2");
      await first.expect("commit", "v2", "after a second commit answered ok");
      return right(txn === undefined ? "commits carry no txn, which is allowed" : `the first commit is txn ${txn}`);
    },
  },
  {
    name: "second-client",
    says: "what one client commits another one reads",
    take: async (bench) => {
      const [first, second] = [await bench.client("first"), await bench.client("second")];
      await first.put("shared", "by the first");
      await second.expect("shared", "by the first", "after another client's commit");
      await second.put("shared", "by the second");
      await first.expect("shared", "by the second", "after another client's commit");
      return right("both ways");
    },
  },
];

const ends: readonly Step[] = [
  {
    name: "end",
    says: "`end` throws away what a session staged",
    take: async (bench) => {
      const first = await bench.client("first");
      await first.ok({ op: "begin", mode: "write" });
      await first.ok({ op: "put", key: "given-up", value: "v" });
      await first.ok({ op: "end" });
      await first.expect("given-up", null, "after an end without a commit");
      await first.put("end", "v");
      await first.expect("given-up", null, "after the next session's commit");
      return right("and the next commit does not bring it back");
    },
  },
  {
    name: "delete",
    says: "a deleted key is gone",
    needs: ["delete"],
    take: async (bench) => {
      const [first, second] = [await bench.client("first"), await bench.client("second")];
      await first.put("deleted", "v");
      await first.ok({ op: "begin", mode: "write" });
      await first.ok({ op: "delete", key: "deleted" });
      await first.ok({ op: "commit" });
      await second.expect("deleted", null, "after a commit that deletes it");
      return right("for another client too");
    },
  },
  {
    name: "conflict",
    says: "of two sessions that read and write one key, the later commit is answered fail",
    take: async (bench) => {
      const [first, second] = [await bench.client("first"), await bench.client("second")];
      for (const client of [first, second]) {
        await client.ok({ op: "begin", mode: "write" });
        await client.read("raced");
        await client.ok({ op: "put", key: "raced", value: client === first ? "first" : "second" });
      }
      await first.ok({ op: "commit" });
      const late = await second.ask({ op: "commit" });
      if ("ok" in late) throw new Wrong("both commits were answered ok: the first one's update is lost");
      if ("info" in late) throw new Wrong(`the later commit was answered ${shown(late)}, though nothing was lost`);
      await second.expect("raced", "first", "after the lost race");
      return right(`it was answered ${shown(late)}`);
    },
  },
  {
    name: "text",
    says: "any text comes back as it was written",
    take: async (bench) => {
      const [first, second] = [await bench.client("first"), await bench.client("second")];
      const text = `a "quoted" \\ and\nbroken line, ü, 中, 😀, ${"long ".repeat(2000)}`;
      for (const [key, value] of [
        ["text", text],
        ["key ü/中", "v"],
        ["blank", ""],
      ] as const) {
        await first.put(key, value);
        await second.expect(key, value, "after a commit");
      }
      return right("quotes, line breaks, 10,000 characters, nothing at all");
    },
  },
];

export const sessionSteps: readonly Step[] = [...begins, ...ends];
