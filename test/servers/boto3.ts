// boto3 and the AWS command line in a Python environment of their own, made once and kept in .cache.
import { execFile } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Two that ask for the same botocore. */
const BOTO3 = "1.43.11";
const AWSCLI = "1.45.11";
const run = promisify(execFile);

/** The path of a Python that has boto3; `aws` stands beside it. Rejects where Python or the package index is missing. */
export async function pythonWithBoto3(): Promise<string> {
  const environment = fileURLToPath(new URL(`../../.cache/boto3-${BOTO3}-awscli-${AWSCLI}`, import.meta.url));
  const python = join(environment, "bin", "python");
  if (existsSync(join(environment, "ready"))) return python;
  rmSync(environment, { recursive: true, force: true });
  await run("python3", ["-m", "venv", environment]);
  const packages = [`boto3==${BOTO3}`, `awscli==${AWSCLI}`];
  await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
  writeFileSync(join(environment, "ready"), "");
  return python;
}
