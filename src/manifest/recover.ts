// Recovery: publish what was decided and never published, because its writer died between the slot and HEAD.
import { bodyText } from "../store/body.js";
import { fail, Refusal } from "./answer.js";
import { getObject } from "./ask.js";
import { publishFound } from "./commit.js";
import type { Base, Core, Result } from "./core.js";
import { parseSegment } from "./format.js";
import { ensureHead, readHead } from "./head.js";
import { segmentName } from "./names.js";

/** HEAD of now. If this client has found the next slot taken, it publishes the segment there first, or it would lose to it again. */
export async function freshHead(core: Core): Promise<Result<Base>> {
  const base = await ensureHead(core);
  if (base instanceof Refusal) return base;
  const { taken } = core.memory;
  if (taken === undefined || taken.seq !== base.head.last_segment_seq + 1) return base;
  return publishFound(core, base, taken.segment);
}

/** Publishes every decided segment. */
export async function recover(core: Core): Promise<Result<object>> {
  let base = await readHead(core);
  if (base === undefined) base = await ensureHead(core);
  for (;;) {
    if (base instanceof Refusal) return base;
    const seq: number = base.head.last_segment_seq + 1;
    const found = await getObject(core, segmentName(seq));
    if (found instanceof Refusal) return found;
    if (found === undefined) return {};
    const segment = parseSegment(bodyText(found.body));
    if (segment === undefined) return fail("corrupt", `${segmentName(seq)} is not a segment`);
    base = await publishFound(core, base, segment);
  }
}
