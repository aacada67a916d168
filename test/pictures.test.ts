// plot_results.py: the pictures' properties, asked of matplotlib's own figures and of the SVG, and what bad input is told.
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { preparePython } from "../src/perf/pictures.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const script = join(root, "plot_results.py");
const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-pictures-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** All figures of one column in `column`, repeated points twice. */
const table = (clock: string, rows: readonly (readonly number[])[]): string => {
  const figures =
    "precondition_failure_rate write_tps read_tps write_p50_ms write_p95_ms write_p99_ms precond_p50_ms precond_p99_ms";
  const header = `num_writers,backend,${figures.replaceAll(" ", ",")},clock,latency_model`;
  const lines = rows.map(
    ([x = 0, ...cells]) => `${x},simulated,${cells.map((n) => (n < 0 ? "" : n)).join(",")},${clock},s3`,
  );
  return `${[header, ...lines].join("\n")}\n`;
};

writeFileSync(
  join(folder, "sweep_num_writers.csv"),
  table("virtual", [
    [4, 0.4, 2, 4, 300, 2000, 9000, 200, 400],
    [1, 0, 1, 4, 100, 200, 300, -1, -1],
    [4, 0.5, 3, 4, 310, 2100, 9100, 210, 410],
    [16, 0.9, 3, 4, 900, 9000, 20_000, 210, 500],
  ]),
);
writeFileSync(join(folder, "empty.csv"), "");
writeFileSync(join(folder, "no-rows.csv"), table("virtual", []));
writeFileSync(
  join(folder, "words.csv"),
  table("virtual", [[1, 0, 1, 4, 1, 2, 3, 4, 5]]).replace("1,simulated,0", "1,simulated,none"),
);

const several = table("virtual", [
  [1, 0, 1, 4, 1, 2, 3, 4, 5],
  [1, 0, 2, 4, 1, 2, 3, 4, 5],
])
  .trimEnd()
  .split("\n");
writeFileSync(
  join(folder, "several.csv"),
  ["target", "a", "b"].map((target, i) => `${several[i]},${target}\n`).join(""),
);

const LOOK = `
import json, sys
sys.path.insert(0, sys.argv[1])
import plot_results as plots
figure = plots.draw(plots.load(sys.argv[2], "num_writers"), "num_writers", "Number of writers")
figure.canvas.draw()
print(json.dumps({
    "title": figure.get_suptitle(),
    "panels": [{
        "title": axis.get_title(), "x": axis.get_xlabel(), "y": axis.get_ylabel(),
        "scales": [axis.get_xscale(), axis.get_yscale()],
        "series": [list(map(float, c.lines[0].get_xdata())) for c in axis.containers],
        "colours": [c.lines[0].get_color() for c in axis.containers],
        "bars": [len(c.lines[2]) for c in axis.containers],
        "legend": [text.get_text() for text in axis.get_legend().get_texts()] if axis.get_legend() else [],
        "ticks": [t.get_text() for t in axis.get_xticklabels()],
    } for axis in figure.axes]}))
`;

let python = "";
beforeAll(async () => {
  python = await preparePython(root, (line) => process.stderr.write(`${line}\n`));
}, 300_000);

const plot = (...args: string[]) => spawnSync(python, [script, ...args], { cwd: folder, encoding: "utf8" });

test("four panels with units, legends, error bars and scales that fit the values", async () => {
  const { stdout } = await promisify(execFile)(python, ["-c", LOOK, root, join(folder, "sweep_num_writers.csv")]);
  const { title, panels } = JSON.parse(stdout);
  expect(title).toBe("Number of writers\n(virtual time, latency model s3)");
  expect(panels.map(({ y }: { y: string }) => y)).toEqual(["share of attempts", "answered ok, 1/s", "ms", "ms"]);
  expect(panels.map(({ legend }: { legend: string[] }) => legend)).toEqual([
    [],
    ["writes", "reads"],
    ["p50", "p95", "p99"],
    ["p50", "p99"],
  ]);
  expect(panels.map(({ series }: { series: number[][] }) => series.length)).toEqual([1, 2, 3, 2]);
  expect(panels[2].series[0]).toEqual([1, 4, 16]);
  expect(panels.map(({ scales }: { scales: string[] }) => scales[1])).toEqual(["linear", "linear", "log", "linear"]);
  for (const { x, ticks, bars, colours, scales } of panels) {
    expect(x).toBe("writers");
    expect(scales[0]).toBe("log");
    expect(ticks).toEqual(["1", "4", "16"]);
    expect(bars.every((count: number) => count > 0)).toBe(true);
    expect(new Set(colours.map(String)).size).toBe(colours.length);
  }
});

test("without arguments: every known result; the same bytes twice; the SVG holds its words as text", () => {
  const first = plot();
  expect(first.stdout.trim().split("\n")).toEqual(["sweep_num_writers.png", "sweep_num_writers.svg"]);
  const bytes = ["png", "svg"].map((kind) => readFileSync(join(folder, `sweep_num_writers.${kind}`)));
  plot("sweep_num_writers.csv", "num_writers", "Number of writers");
  for (const [i, kind] of ["png", "svg"].entries())
    expect(readFileSync(join(folder, `sweep_num_writers.${kind}`)).equals(bytes[i] ?? Buffer.alloc(0))).toBe(true);
  const svg = String(bytes[1]);
  for (const word of ["Precondition failure rate", "Throughput", "p95", "writers", "virtual time"])
    expect(svg).toContain(word);
  expect(bytes[0]?.subarray(1, 4).toString()).toBe("PNG");
});

test("bad input: one clear line, exit 1, no picture", () => {
  const told = (...args: string[]) => {
    const { status, stdout, stderr } = plot(...args);
    expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([1, "", 1]);
    return stderr;
  };
  expect(told("nothing.csv", "num_writers", "T")).toContain("there is no such file");
  expect(told("empty.csv", "num_writers", "T")).toContain("the file is empty");
  expect(told("no-rows.csv", "num_writers", "T")).toContain("there are no rows");
  expect(told("words.csv", "num_writers", "T")).toContain("column precondition_failure_rate holds something");
  expect(told("several.csv", "num_writers", "T")).toContain("it holds several targets");
  expect(told("sweep_num_writers.csv", "speed", "T")).toContain("there is no column speed");
  expect(told("sweep_num_writers.csv", "num_writers")).toContain("usage:");
  const bare = spawnSync("python3", ["-S", "-I", script, "sweep_num_writers.csv", "num_writers", "T"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect([bare.status, bare.stderr]).toEqual([
    1,
    expect.stringMatching(/^plot_results.py: \w+ is not installed: pip install/),
  ]);
});

test("the libraries of the script itself are those of requirements.txt", () => {
  const pinned = readFileSync(join(root, "requirements.txt"), "utf8");
  const own = [...readFileSync(script, "utf8").matchAll(/^# {5}"(.+)",$/gm)].map(([, name]) => name);
  expect(own).toHaveLength(3);
  for (const line of own) expect(pinned).toContain(`${line}\n`);
});
