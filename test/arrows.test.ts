// The import rules of .dependency-cruiser.cjs, each shown to bite: one small made-up tree, one import a case.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type IConfiguration, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = new URL("..", import.meta.url);
const config = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as IConfiguration;
const rules = (config.forbidden ?? []).map((rule) => rule.name ?? "");
const manifest = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as {
  dependencies: Record<string, string>;
};

/** File, what it imports, the rule that forbids it (or "fine"). No package at all has a place in src/report/. */
const cases: readonly (readonly [from: string, to: string, rule: string])[] = [
  ...Object.keys(manifest.dependencies).map(
    (name, i) => [`src/report/package${i}.ts`, name, `only-here-${name}`] as const,
  ),
  ["model/a.ts", "model/b.ts", "fine"],
  ["model/c.ts", "properties/b.ts", "model-is-pure"],
  ["model/d.ts", "src/store/b.ts", "model-is-pure"],
  ["model/e.test.ts", "src/run/b.ts", "model-is-pure"],
  ["model/f.test.ts", "test/helper.ts", "fine"],
  ["model/g.ts", "test/helper.ts", "no-test-code"],
  ["model/h.ts", "node:fs", "theory-needs-no-machine"],
  ["model/i.ts", "zod", "only-here-zod"],
  ["properties/a.ts", "model/b.ts", "fine"],
  ["properties/c.ts", "src/run/b.ts", "properties-see-the-model"],
  ["properties/d.test.ts", "src/run/b.ts", "fine"],
  ["src/index.ts", "src/run/b.ts", "fine"],
  ["src/index.ts", "src/cli/b.ts", "api-without-cli"],
  ["src/stray.ts", "model/b.ts", "known-folders"],
  ["src/novel/a.ts", "model/b.ts", "known-folders"],
  ["src/cli/a.ts", "src/run/b.ts", "fine"],
  ["src/cli/c.ts", "src/store/b.ts", "arrows-cli"],
  ["src/cli/d.ts", "src/index.ts", "arrows-cli"],
  ["src/trace/a.ts", "src/run/b.ts", "fine"],
  ["src/trace/c.ts", "src/perf/b.ts", "arrows-trace"],
  ["src/perf/c.ts", "src/trace/b.ts", "arrows-perf"],
  ["src/report/c.ts", "src/perf/b.ts", "arrows-report"],
  ["src/run/a.ts", "src/faults/b.ts", "fine"],
  ["src/run/c.ts", "src/cli/b.ts", "arrows-run"],
  ["src/run/d.test.ts", "src/trace/b.ts", "arrows-run"],
  ["src/run/e.test.ts", "test/helper.ts", "fine"],
  ["src/run/f.ts", "src/run/e.test.ts", "no-test-code"],
  ["src/targets/a.ts", "src/manifest/b.ts", "fine"],
  ["src/targets/c.ts", "src/sim/b.ts", "arrows-targets"],
  ["src/manifest/c.ts", "src/sim/b.ts", "arrows-manifest"],
  ["src/faults/c.ts", "src/sim/b.ts", "arrows-faults"],
  ["src/sim/c.ts", "src/faults/b.ts", "arrows-sim"],
  ["src/config/c.ts", "src/store/b.ts", "arrows-config"],
  ["src/store/c.ts", "src/sim/b.ts", "arrows-store"],
  ["src/store/d.ts", "model/b.ts", "fine"],
  ["src/store/random.ts", "seedrandom", "fine"],
  ["src/store/e.ts", "seedrandom", "only-here-seedrandom"],
  ["src/store/sdk.ts", "@aws-sdk/client-s3", "fine"],
  ["src/manifest/d.ts", "@aws-sdk/client-s3", "only-here-@aws-sdk/client-s3"],
  ["src/run/g.ts", "commander", "only-here-commander"],
  ["src/cli/e.ts", "fast-check", "only-here-fast-check"],
  ["src/cli/f.ts", "left-pad", "unlisted-package"],
  ["src/cli/g.test.ts", "left-pad", "fine"],
  ["model/x.ts", "model/y.ts", "no-circles"],
];

const orphan = "src/store/lonely.ts";
const wayBack = ["model/y.ts", "model/x.ts"] as const; // a circle is reported once, at one of its edges
const isFile = (name: string) => name.endsWith(".ts");
const packages = ["left-pad", ...Object.keys(manifest.dependencies)];
let tree: string;
let found: ICruiseResult;

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), "arrows-"));
  plantTree();
  const options: ICruiseOptions = { ...config.options, validate: true, ruleSet: config, baseDir: tree };
  found = (await cruise(["src", "model", "properties"], options)).output as ICruiseResult;
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe("import rules", () => {
  test.each(cases)("%s -> %s: %s", (from, to, rule) => {
    const broken = found.summary.violations.filter((each) => each.from === from && each.to.includes(bare(to)));
    expect(broken.map((each) => each.rule.name)).toEqual(rule === "fine" ? [] : [rule]);
  });

  test("every import was seen", () => {
    const seen = found.modules.flatMap((each) => each.dependencies.map((to) => `${each.source} -> ${to.resolved}`));
    const unseen = cases.filter(([from, to]) => !seen.some((edge) => edge.startsWith(from) && edge.includes(bare(to))));
    expect(unseen).toEqual([]);
  });

  test("a file on its own is an orphan", () => {
    const orphans = found.summary.violations.filter((each) => each.rule.name === "no-orphans");
    expect(orphans.map((each) => each.from)).toEqual([orphan]);
  });

  test("every rule has a case", () => {
    expect(rules.filter((name) => name !== "no-orphans" && !cases.some(([, , rule]) => rule === name))).toEqual([]);
  });

  test("every dependency has its line in the table, and no other has", () => {
    const listed = rules.filter((name) => name.startsWith("only-here-")).map((name) => name.slice(10));
    expect(listed.sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });
});

// --- internal ---

/** Half of the imports are type-only and some are types in place: these count as well. */
function plantTree() {
  const files = new Map<string, string[]>([
    [orphan, []],
    [wayBack[0], [wayBack[1]]],
  ]);
  for (const [from, to] of cases) {
    files.set(from, [...(files.get(from) ?? []), to]);
    if (isFile(to) && !files.has(to)) files.set(to, []);
  }
  let count = 0;
  for (const [file, imports] of files) {
    const lines = imports.map((to) => importLine(isFile(to) ? relativeTo(file, to) : to, count++));
    put(file, [...lines, "export interface Thing { readonly it: number }", ""].join("\n"));
  }
  for (const name of packages) {
    put(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
    put(`node_modules/${name}/index.js`, "");
  }
  const dependencies = Object.fromEntries(packages.map((name) => [name, "1.0.0"]));
  put("package.json", JSON.stringify({ name: "made-up", type: "module", dependencies }));
}

function importLine(specifier: string, count: number): string {
  const forms = [
    `import { Thing as T${count} } from "${specifier}"; export const t${count} = T${count};`,
    `import type { Thing as T${count} } from "${specifier}"; export type U${count} = T${count};`,
    `export type U${count} = import("${specifier}").Thing;`,
    `export const load${count} = () => import("${specifier}");`,
  ];
  return forms[count % forms.length] ?? "";
}

function relativeTo(from: string, to: string): string {
  return "../".repeat(dirname(from).split("/").length) + to.replace(/\.ts$/, ".js");
}

function put(file: string, text: string) {
  mkdirSync(dirname(join(tree, file)), { recursive: true });
  writeFileSync(join(tree, file), text);
}

/** `node:fs` is reported as `fs`. */
function bare(specifier: string): string {
  return specifier.replace(/^node:/, "");
}
