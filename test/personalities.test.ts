// Stores that break S3's contract: what the manifest that ships keeps on them, and that no report hides them.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { checkDocument, checkPage } from "../src/report/check.js";
import { replayPage } from "../src/report/replay.js";
import { campaign } from "../src/run/campaign.js";
import { personalityNames, targetOf, wallClock } from "../src/run/choices.js";
import { DEFAULTS } from "../src/run/generate.js";
import { memoryTier } from "../src/run/tiers.js";
import { settleViolation } from "../src/trace/finding.js";
import { readTrace } from "../src/trace/read.js";
import { replayTrace } from "../src/trace/replay.js";

const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runs = (personality: string) =>
  campaign({
    seed: 2,
    runs: 400,
    timeLimitMs: Number.POSITIVE_INFINITY,
    target: targetOf("manifest"),
    tier: memoryTier,
    generate: { ...DEFAULTS, personalities: [personality] },
    clock: wallClock,
  });

/** No manifest can be right on these: they take away what the protocol rests on. */
const fatal = ["precondition-ignored", "precondition-not-atomic", "stale-get"];

test("README names every personality", () => {
  const readme = readFileSync("README.md", "utf8");
  expect(personalityNames.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test.each(personalityNames.filter((name) => !fatal.includes(name)))("%s does no harm", async (name) => {
  expect((await runs(name)).verdict).toBe("valid");
});

describe.each(fatal)("%s", (name) => {
  test("is found, is named in every report, and replays", async () => {
    const result = await runs(name);
    if (result.violation === null) throw new Error("nothing was found");
    const finding = await settleViolation(result.violation, {
      target: targetOf("manifest"),
      tier: memoryTier,
      folder,
      tool: "test",
      shrinkTimeMs: 300,
      interrupted: () => false,
    });
    const context = { seed: 2, target: "manifest", tier: "memory", personalities: [name], finding, width: 80 };
    expect(checkDocument(result, context)).toMatchObject({ verdict: "invalid", personalities: [name] });
    expect(checkPage(result, context)).toContain(`the store breaks S3's contract: ${name}`);
    const replayed = await replayTrace(readTrace(finding.path));
    expect(replayed).toMatchObject({ reproduced: true, diverged: null, personalities: [name] });
    expect(replayPage(finding.path, replayed)).toContain(name);
  });
});
