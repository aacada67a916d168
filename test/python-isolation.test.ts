// Pictures are drawn with the libraries of requirements.txt, whatever the user's own Python has lying around.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawPicture, preparePython } from "../src/perf/pictures.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-python-"));
const before = { ...process.env };
const [onPath, base, elsewhere] = ["path", "base", "elsewhere"].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];

/** A wheel with one module, made by hand: installing it needs no network. */
const WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr("tiny.py", "")
    wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n")
    wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr("tiny-1.0.dist-info/RECORD", "tiny.py,,\\ntiny-1.0.dist-info/METADATA,,\\ntiny-1.0.dist-info/WHEEL,,\\ntiny-1.0.dist-info/RECORD,,\\n")
`;

let python = "";
beforeAll(async () => {
  python = await preparePython(root, (line) => process.stderr.write(`${line}\n`));
  const wheel = join(folder, "tiny-1.0-py3-none-any.whl");
  execFileSync("python3", ["-I", "-c", WHEEL, wheel]);
  writeFileSync(join(folder, "requirements.txt"), `${wheel}\n`);
  const version = execFileSync("python3", ["-I", "-c", "import sys; print('python%d.%d' % sys.version_info[:2])"]);
  const site = join(base, "lib", String(version).trim(), "site-packages");
  // A module of the user's in the place of Python's, pip's or matplotlib's own ends whoever imports it.
  for (const [where, names] of [
    [onPath, ["re", "venv", "pip", "pandas", "matplotlib", "sitecustomize"]],
    [site, ["pip", "pandas", "seaborn", "usercustomize"]],
  ] as const) {
    mkdirSync(where, { recursive: true });
    for (const name of names) writeFileSync(join(where, `${name}.py`), `raise SystemExit("the user's own ${name}")\n`);
  }
  Object.assign(process.env, {
    PYTHONPATH: onPath,
    PYTHONUSERBASE: base,
    PYTHONHOME: elsewhere,
    PIP_USER: "1",
    PIP_TARGET: elsewhere,
  });
}, 300_000);
afterAll(() => {
  process.env = before;
  rmSync(folder, { recursive: true, force: true });
});

test("such a Python is broken: the test would notice", () => {
  for (const own of [{ PYTHONPATH: onPath }, { PYTHONUSERBASE: base }]) {
    const { status, stderr } = spawnSync("python3", ["-c", "import re, pandas"], {
      env: { ...before, ...own },
      encoding: "utf8",
    });
    expect([status === 0, stderr]).toEqual([false, expect.stringContaining("the user's own")]);
  }
});

test("an environment is made, and what is required is installed into it and nowhere else", async () => {
  const said: string[] = [];
  const made = await preparePython(folder, (line) => said.push(line));
  expect(said).toHaveLength(1);
  const file = execFileSync(made, ["-I", "-c", "import tiny; print(tiny.__file__)"], { encoding: "utf8" });
  expect(file.startsWith(join(folder, ".cache"))).toBe(true);
  expect(existsSync(elsewhere)).toBe(false);
  expect(await preparePython(folder, (line) => said.push(line))).toBe(made);
  expect(said).toHaveLength(1);
}, 120_000);

test("a picture is drawn", async () => {
  const csv = join(folder, "test_baseline.csv");
  const columns =
    "num_writers,backend,precondition_failure_rate,write_tps,read_tps,write_p50_ms,write_p95_ms,write_p99_ms,precond_p50_ms,precond_p99_ms,clock,latency_model";
  writeFileSync(csv, `${columns}\n4,simulated,0.4,2,4,300,2000,9000,200,400,virtual,s3\n`);
  const drawn = await drawPicture(python, root, { csv, column: "num_writers", title: "Baseline" });
  expect(drawn.map((path) => existsSync(path))).toEqual([true, true]);
});
