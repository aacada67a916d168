// Precedence cell by cell, with real files in a temporary HOME.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { credentialsSource, providerOf, shownCredentials } from "./credentials.js";
import { awsFiles } from "./files.js";
import { type Flags, type Settled, settle } from "./settings.js";

const home = mkdtempSync(join(tmpdir(), "manifest-chaos-home-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));
mkdirSync(join(home, ".aws"));
const CONFIG = `[default]
region = eu-north-1
[profile dev]
region = eu-west-1
endpoint_url = http://profile
services = local
[profile plain]
endpoint_url = http://plain
[profile ignoring]
endpoint_url = http://plain
ignore_configured_endpoint_urls = true
[profile role]
role_arn = arn:aws:iam::1:role/r
source_profile = dev
[profile sso]
sso_start_url = https://x
[services local]
s3 =
  endpoint_url = http://services
`;
const SECRET = "tOpSeCrEt#t;wi=th/quotes+";
const CREDENTIALS = `[default]
aws_access_key_id = AKIADEFAULT0001
aws_secret_access_key = ${SECRET}
[dev]
aws_access_key_id = AKIADEV00000002
aws_secret_access_key = ${SECRET}
[my prof]
aws_access_key_id = AKIASPACED00004
aws_secret_access_key = ${SECRET}
[team.prod]
aws_access_key_id = AKIATEAM0000003
aws_secret_access_key = ${SECRET}
`;
writeFileSync(join(home, ".aws", "config"), CONFIG);
writeFileSync(join(home, ".aws", "credentials"), CREDENTIALS, { mode: 0o600 });

type Env = Readonly<Record<string, string>>;
const settled = (flags: Flags, env: Env = {}): Settled => {
  const all = { HOME: home, ...env };
  return settle(flags, all, awsFiles(all));
};

describe("a flag before the environment, that before the profile, that before a default", () => {
  const dev = { profile: "dev" };
  const everywhere = { AWS_REGION: "r-env", AWS_DEFAULT_REGION: "r-old", AWS_PROFILE: "dev" };
  test.each<readonly [setting: keyof Settled, value: string | null, source: RegExp, flags: Flags, env: Env]>([
    ["profile", "default", /^default$/, {}, {}],
    ["profile", "dev", /^AWS_PROFILE$/, {}, { AWS_PROFILE: "dev", AWS_DEFAULT_PROFILE: "plain" }],
    ["profile", "plain", /^AWS_DEFAULT_PROFILE$/, {}, { AWS_DEFAULT_PROFILE: "plain" }],
    ["profile", "role", /^--profile$/, { profile: "role" }, { AWS_PROFILE: "dev" }],
    ["region", "us-east-1", /^default$/, { profile: "plain" }, {}],
    ["region", "eu-north-1", /^profile default in .*config$/, {}, {}],
    ["region", "eu-west-1", /^profile dev in .*config$/, dev, {}],
    ["region", "r-old", /^AWS_DEFAULT_REGION$/, dev, { AWS_DEFAULT_REGION: "r-old" }],
    ["region", "r-env", /^AWS_REGION$/, dev, everywhere],
    ["region", "r-flag", /^--region$/, { ...dev, region: "r-flag" }, everywhere],
    ["region", "eu-west-1", /^profile dev/, dev, { AWS_REGION: "" }],
    ["endpoint", null, /^AWS$/, {}, {}],
    ["endpoint", "http://plain", /^profile plain/, { profile: "plain" }, {}],
    ["endpoint", "http://services", /^services local in .*config$/, dev, {}],
    ["endpoint", "http://services", /^services local/, {}, { AWS_PROFILE: "dev" }],
    ["endpoint", "http://all", /^AWS_ENDPOINT_URL$/, dev, { AWS_ENDPOINT_URL: "http://all" }],
    [
      "endpoint",
      "http://s3",
      /^AWS_ENDPOINT_URL_S3$/,
      dev,
      { AWS_ENDPOINT_URL: "http://all", AWS_ENDPOINT_URL_S3: "http://s3" },
    ],
    [
      "endpoint",
      "http://flag",
      /^--endpoint$/,
      { ...dev, endpoint: "http://flag/b" },
      { AWS_ENDPOINT_URL_S3: "http://s3" },
    ],
    ["endpoint", "http://h:1/p", /left out$/, {}, { AWS_ENDPOINT_URL: "http://user:tOpSeCrEt@h:1/p" }],
    ["endpoint", null, /ignored/, dev, { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }],
    ["endpoint", null, /ignored/, { profile: "ignoring" }, {}],
    ["bucket", "liguoso-tonbo-s3", /^default$/, {}, {}],
    ["bucket", "b-env", /^FUSIO_MANIFEST_BUCKET$/, {}, { FUSIO_MANIFEST_BUCKET: "b-env" }],
    ["bucket", "b-path", /^--endpoint$/, { endpoint: "http://h/b-path" }, { FUSIO_MANIFEST_BUCKET: "b-env" }],
    ["bucket", "b-flag", /^--bucket$/, { bucket: "b-flag", endpoint: "http://h/b-path" }, {}],
  ])("%s is %s from %s", (setting, value, source, flags, env) => {
    const found = settled(flags, env)[setting];
    expect(found.value).toBe(value);
    expect(found.source).toMatch(source);
  });

  test("a profile that is in no file is an error that names those that are", () => {
    expect(() => settled({ profile: "dve" })).toThrow(/--profile: no profile "dve".*dev, .*team\.prod/);
    expect(() => settled({}, { AWS_PROFILE: "dve" })).toThrow(/^AWS_PROFILE/);
  });

  test("files elsewhere", () => {
    const elsewhere = join(home, "other");
    writeFileSync(elsewhere, "[profile far]\nregion = far-1\n");
    expect(settled({ profile: "far" }, { AWS_CONFIG_FILE: elsewhere }).region.value).toBe("far-1");
    expect(settled({ profile: "far" }, { AWS_CONFIG_FILE: "~/other" }).region.value).toBe("far-1");
    const none = { HOME: home, AWS_SHARED_CREDENTIALS_FILE: join(home, "none") };
    expect(awsFiles(none).credentials.exists).toBe(false);
  });
});

describe("credentials", () => {
  const keys = { AWS_ACCESS_KEY_ID: "AKIAENV00000009", AWS_SECRET_ACCESS_KEY: SECRET };
  const who = async (flags: Flags, env: Env): Promise<readonly [string | undefined, string]> => {
    const all: Record<string, string> = { HOME: home, ...env };
    const [files, before] = [awsFiles(all), { ...process.env }];
    Object.assign(process.env, all, { AWS_EC2_METADATA_DISABLED: "true" });
    try {
      const choice = settle(flags, all, files);
      const { accessKeyId, secretAccessKey } = await (await providerOf(choice, all, files))();
      expect(secretAccessKey).toBe(SECRET);
      return [accessKeyId, credentialsSource(choice, all, files)];
    } finally {
      process.env = before;
    }
  };
  test.each<readonly [what: string, flags: Flags, env: Env, id: string, source: RegExp]>([
    ["the default profile", {}, {}, "AKIADEFAULT0001", /^keys of profile default in .*credentials$/],
    ["the environment before the default profile", {}, keys, "AKIAENV00000009", /^environment$/],
    ["the environment before AWS_PROFILE", {}, { ...keys, AWS_PROFILE: "dev" }, "AKIAENV00000009", /^environment$/],
    ["--profile before the environment", { profile: "dev" }, keys, "AKIADEV00000002", /^keys of profile dev/],
    ["AWS_PROFILE alone", {}, { AWS_PROFILE: "dev" }, "AKIADEV00000002", /^keys of profile dev/],
    ["a spaced profile", { profile: "my prof" }, {}, "AKIASPACED00004", /^keys of profile my prof/],
    ["a dotted profile", { profile: "team.prod" }, {}, "AKIATEAM0000003", /^keys of profile team\.prod/],
  ])("%s", async (_what, flags, env, id, source) => {
    const [found, from] = await who(flags, env);
    expect(found).toBe(id);
    expect(from).toMatch(source);
  });

  test.each<readonly [from: RegExp, flags: Flags, env: Env]>([
    [/^role of profile role/, { profile: "role" }, {}],
    [/^SSO of profile sso/, { profile: "sso" }, {}],
    [/^web identity/, { profile: "plain" }, { AWS_WEB_IDENTITY_TOKEN_FILE: "/t" }],
    [/^container metadata/, { profile: "plain" }, { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://c" }],
    [/^instance metadata$/, { profile: "plain" }, {}],
  ])("%s is told before they are asked for", (from, flags, env) => {
    const all = { HOME: home, ...env };
    const files = awsFiles(all);
    expect(credentialsSource(settle(flags, all, files), all, files)).toMatch(from);
  });

  test("a report shows four characters of the id, and nothing of a secret", async () => {
    const shown = await shownCredentials(async () => ({ accessKeyId: "AKIASECRET1234", secretAccessKey: SECRET }), "x");
    expect(shown.map(({ value }) => value)).toEqual(["****1234", "(hidden)", null]);
    expect(JSON.stringify(shown)).not.toContain(SECRET);
  });

  test("half a pair of keys in the environment is no reason to take a profile's", async () => {
    await expect(who({}, { AWS_ACCESS_KEY_ID: "AKIAENV00000009" })).rejects.toThrow("AWS_SECRET_ACCESS_KEY is not");
  });

  test("a file of secrets that others may read is worth a warning", () => {
    const path = join(home, ".aws", "credentials");
    expect(awsFiles({ HOME: home }).warnings).toEqual([]);
    chmodSync(path, 0o644);
    expect(awsFiles({ HOME: home }).warnings).toEqual([expect.stringContaining(`chmod 600 ${path}`)]);
    chmodSync(path, 0o600);
  });
});
