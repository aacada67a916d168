// The date of a signature, as `x-amz-date` has it (basic ISO 8601, to the second).

/** Milliseconds since 1970; undefined for anything else. */
export function amzDate(text = ""): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
