// The number of a part, as it stands in a query or in XML.
import { Refusal } from "./refusal.js";

const NUMBER_MAX = 10_000;

export function partNumber(text: string | undefined): number {
  const number = Number(text);
  if (!/^\d+$/.test(text ?? "") || number < 1 || number > NUMBER_MAX)
    throw new Refusal(400, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
  return number;
}
