// Runs many seeds twice and compares everything: plan, history, the bucket's story and its content. Exit 1 if any differs.
// Usage: node dist/test/scripts/determinism.js [seeds]
import { createHash } from "node:crypto";
import { targetOf } from "../../src/run/choices.js";
import { execute } from "../../src/run/execute.js";
import { DEFAULTS, plansIn } from "../../src/run/generate.js";
import { memoryTier } from "../../src/run/tiers.js";

const seeds = Number(process.argv[2] ?? 10_000);

/** A digest of all that one seed's first plan leads to. */
async function digest(seed: number): Promise<string> {
  const [plan] = plansIn(seed, 0, DEFAULTS);
  if (plan === undefined) throw new Error(`seed ${seed} gives no plan`);
  const { record, lanes, struck, content } = await execute(plan, targetOf("manifest"), memoryTier);
  const everything = JSON.stringify({ plan, record, lanes, struck, content: content?.() });
  return createHash("sha256").update(everything).digest("hex");
}

const all = createHash("sha256");
let differ = 0;
for (let seed = 0; seed < seeds; seed += 1) {
  const [first, second] = [await digest(seed), await digest(seed)];
  if (first !== second) differ += 1;
  all.update(first);
}
process.stdout.write(`${seeds} seeds, each twice: ${differ} differ; digest of all ${all.digest("hex").slice(0, 16)}\n`);
process.exitCode = differ === 0 ? 0 : 1;
