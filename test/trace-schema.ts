// The JSON Schema of traces, made from what the reader itself checks with.
import { z } from "zod";
import { traceSchema } from "../src/trace/read.js";

/** The text of docs/trace.schema.json. */
export function schemaText(): string {
  const { $schema, ...schema } = z.toJSONSchema(traceSchema);
  return `${JSON.stringify({ $schema, title: "A trace of manifest-chaos", ...schema }, null, 2)}\n`;
}
