// S3's contract on a real server, where one can be had: the suite must fit more than our own reading of the documents.
import { describe, expect, test } from "vitest";
import { sdkSend } from "../src/store/sdk.js";
import { createS3Client } from "../src/store/sdk-client.js";
import { checkOnServer } from "./check-on-server.js";
import { storeConformance } from "./conformance/store.js";
import { perfOnServer } from "./perf-on-server.js";
import { installVersitygw, startVersitygw } from "./servers/versitygw.js";

/** Cases in which versitygw 1.8.0 differs from S3; docs/stores.md tells them. */
const differs: Readonly<Record<string, string>> = {
  "PUT If-Match:* on an existing key overwrites": "412, `*` is compared as if it were an ETag",
  "DELETE If-Match:* on an existing key is 204 and deletes": "412, `*` is compared as if it were an ETag",
  "DELETE If-Match on a missing key is 404": "204, a missing key is deleted under any condition",
  "DELETE If-Match:* on a missing key is 404": "204, a missing key is deleted under any condition",
  "keys `a` and `a/1` stand side by side": "409, keys are files and folders",
  "Last-Modified is the whole second of the PUT, the same in GET, HEAD and LIST":
    "its Date lags by up to a second, so a Last-Modified may be later than the Date of its own PUT",
};

const installed = await installVersitygw();

// Where the toolchain is there, CI has to run on a real server: an install that fails must not look like a choice.
test("there is a server, no Go to build it with, or nobody who insists", () => {
  const reason = installed.program === undefined ? installed.reason : "installed";
  expect(process.env["CI"] === "true" ? ["installed", "go is not installed"] : [reason]).toContain(reason);
});

if (installed.program === undefined) {
  // Skipped: there is no server to run on; the title says why.
  test.skip(`S3's contract: versitygw (skipped: ${installed.reason})`, () => expect.unreachable());
} else {
  const { program } = installed;
  const open = async () => {
    const { stop, bucket, ...options } = await startVersitygw(program);
    const client = await createS3Client(options);
    const close = async () => {
      client.destroy();
      await stop();
    };
    return { send: await sdkSend(client, bucket), prefix: "suite/", close };
  };
  storeConformance("versitygw", open, { differs });
  describe("check --endpoint", () => checkOnServer(program));
  describe("perf --endpoint", () => perfOnServer(program));
}
