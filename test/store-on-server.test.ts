// A real server, versitygw, keeps S3's contract as far as we use it; where it doesn't, that is said here.
import { describe, test } from "vitest";
import { sdkSend } from "../src/store/sdk.js";
import { storeConformance } from "./conformance/store.js";
import { installVersitygw, startVersitygw, whyNoVersitygw } from "./servers/versitygw.js";

const reason = whyNoVersitygw();

if (reason === undefined) {
  // Outside of a hook, since building it may take longer than hooks are given.
  const binary = installVersitygw();
  storeConformance(
    "versitygw",
    async () => {
      const { client, bucket, close } = await startVersitygw(binary);
      return { send: await sdkSend(client, bucket), prefix: "suite/", close };
    },
    { differs: {} },
  );
} else {
  console.warn(`store-on-server.test.ts: skipped: ${reason}`);
  describe("S3's contract: versitygw", () => {
    // Skipped: go is not installed here.
    test.skip(`all cases (skipped: ${reason})`, () => undefined);
  });
}
