// The date of a signature, as `x-amz-date` has it (basic ISO 8601, to the second).

/** Milliseconds since 1970; undefined for anything else, also for the 99th of a month. */
export function amzDate(text = ""): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
