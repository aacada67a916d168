import { expect, test } from "vitest";
import { storeHandler } from "./handler.js";
import { sdkSend } from "./sdk.js";
import { createS3Client } from "./sdk-client.js";
import { SimulatedStore } from "./simulated.js";
import { errorXml, listXml } from "./xml.js";

const entry = (key: string) => ({ key, etag: '"e"', size: 1, lastModified: 1_000 });
const request = { bucket: "b", prefix: "", maxKeys: 1000, urlEncoded: false };

test("what has a meaning in XML is escaped, in keys, prefixes and ETags", () => {
  const xml = listXml({ ...request, prefix: "<&" }, { entries: [entry(`<&>"'\r`)], isTruncated: false });
  expect(xml).toContain("<Prefix>&lt;&amp;</Prefix>");
  expect(xml).toContain("<Key>&lt;&amp;&gt;&quot;&apos;&#13;</Key>");
  expect(xml).toContain("<ETag>&quot;e&quot;</ETag>");
  expect(errorXml("NoSuchKey", { key: "a<b" })).toContain("<Code>NoSuchKey</Code>");
  expect(errorXml("NoSuchKey", { key: "a<b" })).toContain("<Key>a&lt;b</Key>");
});

test("control characters are references, as S3 writes them, and never bare", () => {
  const xml = listXml(request, { entries: [entry("a\u0000b\u001b\uffff\t\n")], isTruncated: false });
  expect(xml).toContain("<Key>a&#x0;b&#x1b;&#xffff;\t\n</Key>");
});

test("with encoding-type=url keys are percent-encoded, slashes apart", () => {
  const xml = listXml({ ...request, urlEncoded: true }, { entries: [entry("a/b c\u0001&")], isTruncated: false });
  expect(xml).toContain("<Key>a/b%20c%01%26</Key>");
  expect(xml).toContain("<EncodingType>url</EncodingType>");
});

test("a token stands there when there is one", () => {
  const page = { entries: [], isTruncated: true, nextContinuationToken: "t&" };
  expect(listXml(request, page)).toContain("<NextContinuationToken>t&amp;</NextContinuationToken>");
  expect(listXml(request, { entries: [], isTruncated: false })).not.toContain("NextContinuationToken");
});

test.each(["a\rb", "a\nb", "a\tb", "a\r\nb", "&#13;"])("the SDK reads the key %j as it was", async (key) => {
  const store = new SimulatedStore({ now: () => 1_000 });
  const client = await createS3Client({
    region: "us-east-1",
    endpoint: "http://simulated.invalid",
    credentials: { accessKeyId: "simulated", secretAccessKey: "tOpSeCrEt" },
    requestHandler: storeHandler(async (asked) => store.apply(asked)),
  });
  const send = await sdkSend(client, "bucket");
  await send({ method: "PUT", key, body: "x" });
  expect((await send({ method: "LIST", key: "" })).page?.entries).toMatchObject([{ key }]);
});
