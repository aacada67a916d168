// The library: what `import ... from "manifest-chaos"` gives.
export type { Command } from "../model/command.js";
export type { HistoryEvent } from "../model/history.js";
export type { Applied, RunRecord } from "../model/story.js";
/** Runs a campaign: many plans on a target, each judged. */
export { type CampaignOptions, type CampaignResult, campaign as check, type Violation } from "./run/campaign.js";
/** Targets by name, and the machine's clock. */
export { targetOf, wallClock } from "./run/choices.js";
/** One run of one plan. */
export { execute, type Run } from "./run/execute.js";
export { DEFAULTS, planArbitrary } from "./run/generate.js";
export type { GenerateOptions } from "./run/generate-options.js";
export type { Plan } from "./run/plan.js";
/** The simulated S3 as an endpoint for any client. */
export { type Served, type ServeOptions, serve } from "./run/serve/serve.js";
export type { ServedFault } from "./run/serve/served-faults.js";
export { memoryTier, sdkTier } from "./run/tiers.js";
export { type Buckets, fixedBuckets } from "./store/http/buckets.js";
export type { Answer, Caller } from "./store/http/call.js";
/** The door as an HTTP endpoint: whoever stands behind it answers, later, or never. */
export { type HttpDoor, type ListenOptions, listen } from "./store/http/listen.js";
export type { StoreRequest, StoreResponse } from "./store/request.js";
export type { Target } from "./targets/target.js";
/** Judges a history recorded elsewhere. */
export { HistoryFileError } from "./trace/history/error.js";
export { type VerifyOptions, type VerifyResult, type VerifyViolation, verify } from "./trace/history/verify.js";
