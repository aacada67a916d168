// AWS's files as people write them: what `ini` alone would get wrong.
import { expect, test } from "vitest";
import { parseAwsFile } from "./aws-file.js";

const of = (text: string, profile: string, key: string): string | undefined =>
  parseAwsFile(text).profiles.get(profile)?.get(key);

test.each<readonly [what: string, text: string, profile: string, key: string, value: string | undefined]>([
  ["a plain profile", "[profile dev]\nregion = eu-west-1\n", "dev", "region", "eu-west-1"],
  ["the credentials file's form", "[dev]\nregion=eu-west-1", "dev", "region", "eu-west-1"],
  ["a dotted name", "[profile team.prod]\nregion = us-west-2", "team.prod", "region", "us-west-2"],
  ["a spaced name in quotes", '[profile "my team"]\nregion = us-west-2', "my team", "region", "us-west-2"],
  ["a spaced name without", "[my team]\nregion = us-west-2", "my team", "region", "us-west-2"],
  ["Windows' line ends", "[default]\r\nregion = us-west-2\r\n", "default", "region", "us-west-2"],
  ["a byte order mark", "\uFEFF[default]\nregion = us-west-2", "default", "region", "us-west-2"],
  ["a comment behind", "[default]\nregion = us-west-2 # home", "default", "region", "us-west-2"],
  ["a hash inside", "[default]\nendpoint_url = http://h/#a;b", "default", "endpoint_url", "http://h/#a;b"],
  ["an equals sign", "[default]\nendpoint_url = http://h/?a=b", "default", "endpoint_url", "http://h/?a=b"],
  ["quotes are the value's own", '[default]\nregion = "x"', "default", "region", '"x"'],
  ["a nested setting", "[default]\ns3 =\n  endpoint_url = http://n\n", "default", "s3.endpoint_url", "http://n"],
  ["the setting after a nested one", "[default]\ns3 =\n  a = b\nregion = r", "default", "region", "r"],
  ["a comment line", "[default]\n# region = no\n; region = no", "default", "region", undefined],
  ["a line that is none", "[default]\nnonsense\nregion = r", "default", "region", "r"],
  ["the later of two", "[default]\nregion = a\nregion = b", "default", "region", "b"],
])("%s", (_what, text, profile, key, value) => expect(of(text, profile, key)).toBe(value));

test("services are apart from profiles", () => {
  const text = "[profile dev]\nservices = local\n[services local]\ns3 =\n  endpoint_url = http://127.0.0.1:1\n";
  const { profiles, services } = parseAwsFile(text);
  expect([...profiles.keys()]).toEqual(["dev"]);
  expect(services.get("local")?.get("s3.endpoint_url")).toBe("http://127.0.0.1:1");
});

test("no secret is ever kept, whatever is in it", () => {
  const secrets = ["tOpSeCrEt#def", "tOpSeCrEt;def", '"tOpSeCrEt"', "tOpSeCrEt=b=c", "tOpSeCrEt/+XUtn"];
  const text = secrets
    .map(
      (secret, i) =>
        `[p${i}]\naws_access_key_id = AKIA${i}\naws_secret_access_key = ${secret}\naws_session_token=${secret}`,
    )
    .join("\n");
  const { profiles } = parseAwsFile(text);
  const kept = JSON.stringify([...profiles].map(([name, settings]) => [name, ...settings]));
  for (const secret of secrets) expect(kept).not.toContain(JSON.stringify(secret).slice(1, -1));
  expect(profiles.get("p0")?.get("aws_secret_access_key")).toBe("(hidden)");
});

test("names of Object's own are settings like others", () => {
  expect(of("[constructor]\nregion = r", "constructor", "region")).toBe("r");
});
