// The protocol as it is meant to be: every step the right one.
import { collect, mark } from "./collect.js";
import { claimSlot, commitOn, publishOwn } from "./commit.js";
import { compact } from "./compact.js";
import type { Steps } from "./core.js";
import { takeLease } from "./lease.js";
import { freshHead, recover } from "./recover.js";
import { openSnapshot } from "./snapshot.js";

export const realSteps: Steps = {
  takeLease,
  freshHead,
  openSnapshot,
  claimSlot,
  publishOwn,
  commitOn,
  compact,
  collect,
  mark,
  recover,
};
