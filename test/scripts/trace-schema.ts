// Writes docs/trace.schema.json anew, after a change of the format. A test says when that is due.
// Usage: npm run schema
import { writeFileSync } from "node:fs";
import { schemaText } from "../trace-schema.js";

writeFileSync("docs/trace.schema.json", schemaText());
