// The project's own TypeScript files, parsed, for the tests that are about the code itself.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export interface Source {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly tree: ts.SourceFile;
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** Every TypeScript file under the given folders of the repository, sorted by path. */
export function sourcesIn(...folders: readonly string[]): readonly Source[] {
  const paths = folders.flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`),
  );
  return paths
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.[cm]?tsx?$/.test(path))
    .sort()
    .map((path) => parse(path, readFileSync(`${root}${path}`, "utf8")));
}

export function parse(path: string, text: string): Source {
  return { path, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
}

/** Every node of the tree, parents before children; comments are none. */
export function nodesOf(node: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (each: ts.Node) => {
    nodes.push(each);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return nodes;
}

export function lineOf(node: ts.Node): number {
  const tree = node.getSourceFile();
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

export function isTest(path: string): boolean {
  return path.startsWith("test/") || path.endsWith(".test.ts");
}
