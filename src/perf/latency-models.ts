// The latency models that ship, with the published figures that they rest on.
import { type LatencyModel, PERCENTS, type Quantiles, rounded } from "./latency.js";

/** Of the standard normal distribution, at the percents above; the ends are cut off at 0.02 % and 99.98 %. */
const Z = [-3.54, -2.326, -1.645, -1.2816, -0.6745, 0, 0.6745, 1.2816, 1.645, 2.326, 3.09, 3.54];

function logNormal(p50Ms: number, p90Ms: number): Quantiles {
  const sigma = Math.log(p90Ms / p50Ms) / 1.2816;
  return PERCENTS.map((percent, i) => [percent, rounded(p50Ms * Math.exp(sigma * (Z[i] ?? 0)))] as const);
}

/**
 * S3 Standard from a machine in its region, small objects. A log-normal body ("So you want to use Object Storage",
 * spiraldb.com, 2025: object stores tend to a log-normal distribution with a very long tail). GET: "up to 30 ms" for
 * the first byte, 90 % within 50 ms, 80 ms "rather common" ("S3 Express speculations", quickwit.io, 2023). AWS: the
 * median of requests below 512 KB is "often in the tens of milliseconds" ("Timeouts and retries for latency-sensitive
 * applications", Best Practices Design Patterns: Optimizing Amazon S3 Performance), and "roughly 100-200 milliseconds"
 * for small objects (the same guide). We found no published percentiles for PUT, DELETE and LIST: PUT is twice GET,
 * which keeps its 99 % within AWS's 200 ms; DELETE is as PUT, LIST as GET.
 */
const s3: LatencyModel = {
  name: "s3",
  source: "quickwit.io 2023 (GET); AWS, Optimizing Amazon S3 Performance; PUT = 2 x GET",
  requests: { GET: logNormal(22, 50), PUT: logNormal(44, 100), DELETE: logNormal(44, 100), LIST: logNormal(22, 50) },
};

/**
 * S3 Express One Zone from a machine in its zone: 90 % of GETs within 5 ms (quickwit.io, as above); "consistent
 * single-digit millisecond" for reads and writes (AWS's own words for the storage class).
 */
const express: LatencyModel = {
  name: "s3-express",
  source: "quickwit.io 2023 (GET); AWS: consistent single-digit milliseconds",
  requests: { GET: logNormal(3.2, 5), PUT: logNormal(4.5, 6.5) },
};

/** The models that ship, by name. */
export const models: ReadonlyMap<string, LatencyModel> = new Map([s3, express].map((model) => [model.name, model]));
