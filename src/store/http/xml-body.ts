// XML that a client sends: a small document of elements and text, no more.
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { Refusal } from "./refusal.js";

/** Elements by their names; one that stands several times, or whose name is in `LISTS`, is a list. */
export type Elements = Readonly<Record<string, unknown>>;

/** What is in the root element. Refuses what is no XML, has another root, or tries to define entities. */
export function parseXml(body: Uint8Array, root: string): Elements {
  const text = utf8(body);
  if (text.includes("<!") || XMLValidator.validate(text) !== true) throw new Refusal(400, "MalformedXML");
  const document = parsed(text);
  const content = document[root];
  if (content === "" || content === undefined) throw new Refusal(400, "MalformedXML");
  return elements(content);
}

/** The elements of that name, each with elements in it. */
export const childrenOf = (parent: Elements, name: string): readonly Elements[] => {
  const children = parent[name] ?? [];
  return (Array.isArray(children) ? children : [children]).map(elements);
};

/** An element's text, or undefined where there is no such element. */
export function textOf(parent: Elements, name: string): string | undefined {
  const value = parent[name];
  if (value === undefined || typeof value === "string") return value;
  throw new Refusal(400, "MalformedXML");
}

// --- internal ---

// Numbers stay text (keys such as "0070"), and so do spaces at either end of a key.
const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  htmlEntities: true,
  numberParseOptions: { hex: false, leadingZeros: false },
});
const decoder = new TextDecoder("utf-8", { fatal: true });

function utf8(body: Uint8Array): string {
  try {
    return decoder.decode(body);
  } catch {
    throw new Refusal(400, "MalformedXML");
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return parser.parse(text);
  } catch {
    throw new Refusal(400, "MalformedXML");
  }
}

function elements(value: unknown): Elements {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Refusal(400, "MalformedXML");
  return value as Elements;
}
