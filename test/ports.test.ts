// Time, chance and timers come through the clock and random ports: a plan owns them, or a run can't be repeated.
import { describe, expect, test } from "vitest";
import { portsUsedBy } from "./ports.js";
import { isTest, lineOf, parse, sourcesIn } from "./sources.js";

/** The only files that ask the machine itself, what for, and why they may. */
const allowed: Readonly<Record<string, { readonly ports: readonly string[]; readonly why: string }>> = {
  "src/store/clock.ts": {
    ports: ["Date.now", "performance.eventLoopUtilization", "performance.now", "setImmediate", "setTimeout"],
    why: "is the clock port",
  },
  "src/store/random.ts": {
    ports: ["node:crypto randomInt", "node:crypto randomUUID"],
    why: "is the random port: seeds and names that must be new in the world outside",
  },
};

describe("the machine's time, chance and timers", () => {
  const files = sourcesIn("src", "model", "properties").filter(({ path }) => !isTest(path));
  const uses = files.flatMap((file) => portsUsedBy(file).map((use) => ({ ...use, path: file.path })));

  test("are used in the allowed files only", () => {
    const strangers = uses.filter(({ path, port }) => !allowed[path]?.ports.includes(port));
    expect(strangers.map(({ path, node, port }) => `${path}:${lineOf(node)} uses ${port}`)).toEqual([]);
  });

  test("are allowed nowhere without need", () => {
    const pairs = Object.entries(allowed).flatMap(([path, { ports }]) => ports.map((port) => ({ path, port })));
    const idle = pairs.filter((pair) => !uses.some((use) => use.path === pair.path && use.port === pair.port));
    expect(idle).toEqual([]);
  });
});

describe("finding them", () => {
  const caught: readonly (readonly [code: string, ports: readonly string[]])[] = [
    ["const t = Date.now();", ["Date.now"]],
    ['const t = Date["now"]();', ["Date.now"]],
    ["const t = (globalThis.Date).now();", ["Date.now"]],
    ["const t = new Date();", ["new Date()"]],
    ["const t = new Date;", ["new Date()"]],
    ["const t = Date();", ["Date()"]],
    ["const { now } = Date;", ["Date.now"]],
    ["const x = Math.random();", ["Math.random"]],
    ["const draw = Math.random;", ["Math.random"]],
    ["const { floor, random: draw } = Math;", ["Math.random"]],
    ["const { floor, ...rest } = Math;", ["Math.(unknown)"]],
    ["const m = Math;", ["Math"]],
    ["const x = Math[name]();", ["Math.(unknown)"]],
    ["const x = `at $" + "{Math.random()}`;", ["Math.random"]],
    ["setTimeout(run, 1);", ["setTimeout"]],
    ["globalThis.setInterval(run, 1);", ["setInterval"]],
    ["const { setImmediate: soon } = globalThis;", ["setImmediate"]],
    ["const ports = { setTimeout };", ["setTimeout"]],
    ["const t = performance.now();", ["performance.now"]],
    ["const t = process.hrtime.bigint();", ["process.hrtime"]],
    ["const { hrtime } = process;", ["process.hrtime"]],
    ["const id = crypto.randomUUID();", ["crypto.randomUUID"]],
    ["const signal = AbortSignal.timeout(5);", ["AbortSignal.timeout"]],
    ['import { createHash, randomBytes as b } from "node:crypto";', ["node:crypto randomBytes"]],
    ['import { randomInt, randomUUID } from "node:crypto";', ["node:crypto randomInt", "node:crypto randomUUID"]],
    ['import * as all from "crypto";', ["crypto *"]],
    ['import { setTimeout as sleep } from "node:timers/promises";', ["node:timers/promises setTimeout"]],
    ['import { performance as p } from "node:perf_hooks";', ["node:perf_hooks performance"]],
    ['const c = await import("node:crypto");', ["node:crypto *"]],
    ['export { randomUUID } from "node:crypto";', ["node:crypto randomUUID"]],
    ["setTimeout(() => Date.now(), Math.random());", ["setTimeout", "Date.now", "Math.random"]],
  ];
  test.each(caught)("%s", (code, ports) => {
    expect(portsUsedBy(parse("sample.ts", code)).map(({ port }) => port)).toEqual(ports);
  });

  const innocent = [
    "// Date.now() and Math.random()",
    "/** See {@link Date.now} and `setTimeout`. */ const x = 1;",
    'const text = "Date.now()" + `new Date()`;',
    "const pattern = /Math.random()/;",
    "const t = new Date(clock.now());",
    "const t = Date.UTC(2024, 0) + Date.parse(text);",
    "const is = x instanceof Date;",
    "const floor = Math.floor;",
    "const { emitWarning } = process;",
    "function f(at: Date, timer: ReturnType<typeof setTimeout>) {}",
    "type Now = typeof Date.now;",
    "clock.setTimeout(run, 1);",
    "const own = { setTimeout: run, random: 1 };",
    "const t = clock.performance.now();",
    "process.stdout.write(process.env.HOME);",
    'import { createHash } from "node:crypto";',
    'import { createHistogram } from "node:perf_hooks";',
    'import type { webcrypto } from "node:crypto";',
  ];
  test.each(innocent)("not in %s", (code) => {
    expect(portsUsedBy(parse("sample.ts", code)).map(({ port }) => port)).toEqual([]);
  });
});
