// Uniform: each step anyone, all equally likely. For comparison; it rarely leaves a client alone for long (what fast-check's own scheduler does).
import type { Random } from "../../store/random.js";
import type { Strategy } from "../waiting.js";

export const uniform = (random: Random): Strategy => ({ pick: (waiting) => random.below(waiting.length) });
