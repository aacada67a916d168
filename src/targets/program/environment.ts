// What a target's process is told by its environment.

export interface Surroundings {
  readonly endpoint: string;
  readonly bucket: string;
  /** Without a slash at its end. */
  readonly prefix: string;
  readonly leaseTtlMs: number;
  /** One for each process: by this the endpoint tells them apart. */
  readonly accessKeyId: string;
}

export const environmentOf = (around: Surroundings): Readonly<Record<string, string>> => ({
  MANIFEST_ENDPOINT: around.endpoint,
  MANIFEST_BUCKET: around.bucket,
  MANIFEST_PREFIX: around.prefix,
  MANIFEST_LEASE_TTL_MS: String(around.leaseTtlMs),
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: around.accessKeyId,
  AWS_SECRET_ACCESS_KEY: "simulated",
});
