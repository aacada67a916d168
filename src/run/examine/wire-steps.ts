// What the endpoint saw of the target, in all the steps before.
import { right, type Step, untold } from "./step.js";
import { Wrong } from "./wrong.js";

const where: Step = {
  name: "requests",
  says: "all requests go to MANIFEST_ENDPOINT, in its bucket, under its prefix, each with the process's own access key",
  take: async (bench) => {
    if (bench.requests === 0) throw new Wrong("no request came to MANIFEST_ENDPOINT: where does the target write?");
    const { requests, strayed } = bench;
    if (strayed.length > 0) throw new Wrong(`of ${requests} requests ${strayed.length} strayed: ${strayed[0]}`);
    return right(`${requests} requests`);
  },
};

const retries: Step = {
  name: "retries",
  says: "the SDK's own retries are switched off",
  take: async (bench) => {
    const numbered = [...bench.attempts];
    if (numbered.length === 0) return untold("this SDK does not number its attempts");
    const again = numbered.find((attempt) => !/^attempt=1(;|$)/.test(attempt) || /max=([2-9]|1\d)/.test(attempt));
    if (again === undefined) return right("each request was its SDK's only attempt");
    throw new Wrong(
      `a request says "${again}": the SDK repeats conditional PUTs without knowing whether the first was applied`,
    );
  },
};

export const wireSteps: readonly Step[] = [where, retries];
