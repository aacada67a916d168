// The protocol as it is meant to be: every step the right one.
import { collect, mark } from "./collect.js";
import { claimSlot, commitOn, publishOwn } from "./commit.js";
import { compact, mayReplace } from "./compact.js";
import type { Steps } from "./core.js";
import { takeLease } from "./lease.js";
import { freshHead, recover } from "./recover.js";
import { openSnapshot, pin } from "./snapshot.js";

export const realSteps: Steps = {
  takeLease,
  freshHead,
  openSnapshot,
  pin,
  claimSlot,
  publishOwn,
  commitOn,
  compact,
  mayReplace,
  collect,
  mark,
  recover,
};
