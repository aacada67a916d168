// The tool's own name and version, from its package.json.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const packageFile = new URL("../../../package.json", import.meta.url);
const { version } = JSON.parse(readFileSync(packageFile, "utf8")) as { version: string };

export const VERSION = version;
export const TOOL = `manifest-chaos ${version}`;

/** The program's own folder, where package.json is. */
export const ROOT = fileURLToPath(new URL(".", packageFile));
