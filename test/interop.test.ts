// The real crate fusio-manifest: on one bucket with our manifest each reads and extends what the other wrote; and what was
// found in it is still there.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Bucket, openBucket } from "./interop/bucket.js";
import { checkpoints, plans, runs } from "./interop/checkpoints.js";
import { findings } from "./interop/findings.js";
import { leases } from "./interop/leases.js";
import { meetings, segments } from "./interop/segments.js";
import { buildFusioManifest, NO_CARGO, TOO_SLOW, VERSIONS } from "./servers/fusio-manifest.js";

const built = await buildFusioManifest();

// Where the toolchain is there, CI has to run it: a build that fails must not look like a choice.
test("the crate is built, or there is no cargo, or nobody who insists", () => {
  const reason = built.programs === undefined ? built.reason : "built";
  expect(process.env["CI"] === "true" ? ["built", NO_CARGO, TOO_SLOW] : [reason]).toContain(reason);
});

if (built.programs === undefined) {
  // Skipped: there is no crate to run against; the title says why.
  test.skip(`fusio-manifest and ours on one bucket (skipped: ${built.reason})`, () => expect.unreachable());
} else {
  const { programs } = built;
  let bucket: Bucket;
  beforeEach(async () => {
    bucket = await openBucket();
  });
  afterEach(() => bucket.close());
  const here = (): Bucket => bucket;
  describe.each(VERSIONS)("fusio-manifest %s", (version) => {
    describe("segments and HEAD", () => segments(programs[version], here));
    describe("races, deaths, dropped fields", () => meetings(programs[version], here));
    describe("leases", () => leases(programs[version], here));
  });
  describe("fusio-manifest 0.6.0: checkpoints", () => checkpoints(programs["0.6.0"], here));
  describe("fusio-manifest 0.6.0: garbage plans", () => plans(programs["0.6.0"], here));
  describe("fusio-manifest 0.6.1: its runs", () => runs(programs["0.6.1"], programs["0.6.0"], here));
  describe("what was found in fusio-manifest", () => findings());
}
