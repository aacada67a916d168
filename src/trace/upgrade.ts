// Old traces: each version of the format knows one step, to the next. A reader walks them one after the other.

/** A trace as JSON, of any version. */
export type TraceJson = Readonly<Record<string, unknown>>;

/** From a version to the next one. A step sees only traces of its own version, of any content. */
export type UpgradeStep = (trace: TraceJson) => TraceJson;

/** The steps, by the version that they start from. A new version of the format adds a line here and never edits one. */
const steps: readonly (readonly [from: number, step: UpgradeStep])[] = [
  // 1 named the target alone; 2 has room for the options that it was opened with.
  [1, ({ target, ...rest }) => ({ ...rest, target: { id: target, options: {} } })],
];

/** Version of the format that this program writes. */
export const TRACE_VERSION = 1 + steps.length;

/**
 * The trace as version {@link TRACE_VERSION} would have it. `trace` is of that version or an older one, from 1 on.
 * @throws RangeError where there was never such a version.
 */
export function upgrade(trace: TraceJson): TraceJson {
  let current = trace;
  for (const [from, step] of steps) {
    if (current["version"] === from) current = { ...step(current), version: from + 1 };
  }
  if (current["version"] !== TRACE_VERSION) throw new RangeError(`there is no version ${trace["version"]}`);
  return current;
}
