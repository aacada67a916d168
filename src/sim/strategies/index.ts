// The registry of strategies: a line each.
import type { Random } from "../../store/random.js";
import type { Strategy } from "../waiting.js";
import { pct } from "./pct.js";
import { pos } from "./pos.js";
import { roundRobin } from "./round-robin.js";
import { sticky } from "./sticky.js";
import { uniform } from "./uniform.js";

export const strategies: Readonly<Record<string, (random: Random) => Strategy>> = {
  pos,
  sticky,
  pct,
  "round-robin": roundRobin,
  uniform,
};
