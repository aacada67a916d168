// Measures the shape of a file: its length, its long functions, its name, its promises of later work.
import ts from "typescript";
import { unmarkedSecrets } from "./secret.js";
import { isTest, lineOf, nodesOf, type Source } from "./sources.js";

const linesPerFileMax = 300;
const linesPerFunctionMax = 60;
export const linesPerFileMedianMax = 100;
export const marks = ["TO", "FIX"].map((start, i) => start + ["DO", "ME"][i]);

const runners = ["describe", "suite", "test", "it"];
const halves = ["only", "skip", "skipIf", "runIf", "todo", "fails"];

/** Every fault in a file's shape, one sentence each. */
export function faultsIn(source: Source): readonly string[] {
  return [
    ...fileFaults(source),
    ...functionFaults(source),
    ...leftovers(source),
    ...halfTests(source),
    ...unmarkedSecrets(source),
  ];
}

export function linesIn({ tree }: Source): number {
  return tree.getLineAndCharacterOfPosition(tree.text.trimEnd().length).line + 1;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

// --- internal ---

function fileFaults(source: Source): readonly string[] {
  const lines = linesIn(source);
  const long = lines > linesPerFileMax ? [`${source.path} has ${lines} lines`] : [];
  const isCatchAll = /(^|[/.-])(util|helper|type|common|misc)s?(\.test)?\.[cm]?ts$/.test(source.path);
  return isCatchAll ? [...long, `${source.path} is a catch-all: name it after the one thing it is`] : long;
}

function functionFaults({ path, tree }: Source): readonly string[] {
  const functions = nodesOf(tree).filter((node) => ts.isFunctionLike(node) && "body" in node && !isSuite(node));
  const long = functions.filter((node) => heightOf(node) > linesPerFunctionMax);
  return long.map((node) => `${path}:${lineOf(node)} is a function of ${heightOf(node)} lines`);
}

function heightOf(node: ts.Node): number {
  const tree = node.getSourceFile();
  return tree.getLineAndCharacterOfPosition(node.getEnd()).line + 2 - lineOf(node);
}

/** The callback of `describe` is a list of tests, as a file is. */
function isSuite(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && rootOf(node.parent.expression) === "describe";
}

function leftovers({ path, tree }: Source): readonly string[] {
  const pattern = new RegExp(`\\b(${marks.join("|")})\\b`, "g");
  const lineOfMark = (mark: RegExpExecArray) => tree.getLineAndCharacterOfPosition(mark.index).line + 1;
  return [...tree.text.matchAll(pattern)].map((mark) => `${path}:${lineOfMark(mark)} has a ${mark[0]}`);
}

/** `test.only` never stays; `test.skip` and its like say why: `// Skipped: go is not installed`. */
function halfTests({ path, tree }: Source): readonly string[] {
  const accesses = isTest(path) ? nodesOf(tree).filter(ts.isPropertyAccessExpression) : [];
  return accesses.flatMap(({ expression, name }) => {
    if (!halves.includes(name.text) || !runners.includes(rootOf(expression))) return [];
    if (name.text === "only") return [`${path}:${lineOf(name)} has a .only`];
    const lines = tree.text.split("\n").slice(Math.max(0, lineOf(name) - 2), lineOf(name));
    return lines.some((line) => /\/\/ Skipped: \S/.test(line))
      ? []
      : [`${path}:${lineOf(name)} has no // Skipped: why`];
  });
}

/** The first name in `test.skipIf(x).each(y)`: test. */
function rootOf(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) || ts.isCallExpression(node) ? rootOf(node.expression) : "";
}
