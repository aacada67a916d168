// What one property says of a small record: its message, null where it is content.
import type { RunRecord } from "../model/story.js";
import type { Property } from "../properties/property.js";
import { viewOf } from "../properties/view.js";
import { recordOf } from "./notation.js";

interface Rest extends Partial<RunRecord> {
  readonly initial?: ReadonlyMap<string, string>;
}

export const said =
  ({ judge }: Property) =>
  (history: string, story = "", { initial = new Map(), ...rest }: Rest = {}): string | null =>
    judge(viewOf(recordOf(history, story, rest), { initial }))?.message ?? null;

/** No order explains a history that has this in it: for properties that look no further where one does. */
export const WRONG = "Z[ Z?z=9 Z]";
