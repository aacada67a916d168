// Finds the places where a file asks the machine for time, chance or a timer, by any of the names they go by.
// It looks at the syntax tree, so comments and strings don't count, and neither do types.
import ts from "typescript";
import { nodesOf, type Source } from "./sources.js";

export interface Use {
  /** `Date.now`, `new Date()`, `setTimeout`, `node:crypto randomUUID`, ... */
  readonly port: string;
  readonly node: ts.Node;
}

/** Global objects, and their members that are ports; null where every member is one. */
const members: Readonly<Record<string, readonly string[] | null>> = {
  Date: ["now"],
  Math: ["random"],
  performance: null,
  process: ["hrtime", "uptime"],
  crypto: ["randomUUID", "getRandomValues", "randomBytes", "randomInt", "randomFillSync", "randomFill"],
  AbortSignal: ["timeout"],
  Atomics: ["wait", "waitAsync"],
};
const unknown = "(unknown)";
const timers = ["setTimeout", "setInterval", "setImmediate"];

/** Modules that hand out ports, and which of their names are some. */
const modules: readonly (readonly [module: RegExp, names: RegExp])[] = [
  [/^(node:)?timers(\/promises)?$/, /./],
  [/^(node:)?perf_hooks$/, /^(performance|default|\*)$/],
  [/^(node:)?crypto$/, /^(random|getRandom|webcrypto|default|\*)/],
  [/^(node:)?process$/, /^(hrtime|uptime|\*)$/],
];

export function portsUsedBy(source: Source): readonly Use[] {
  return nodesOf(source.tree).flatMap((node) => {
    const named = ts.isIdentifier(node) ? namedPort(node) : undefined;
    const ports = named === undefined ? importedPorts(node) : [named];
    return ports.map((port) => ({ port, node }));
  });
}

// --- internal ---

function importedPorts(node: ts.Node): readonly string[] {
  const [from, names] = imported(node);
  const ports = modules.filter(([module]) => module.test(from)).map(([, port]) => port);
  return names.filter((name) => ports.some((port) => port.test(name))).map((name) => `${from} ${name}`);
}

/** The module and the names (`*` for all of it) that an import or a re-export takes. */
function imported(node: ts.Node): readonly [from: string, names: readonly string[]] {
  if (ts.isImportDeclaration(node)) return [textOf(node.moduleSpecifier), namesIn(node.importClause)];
  if (ts.isExportDeclaration(node)) return [textOf(node.moduleSpecifier), bindingNames(node.exportClause)];
  const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isCall ? [textOf(node.arguments[0]), ["*"]] : ["", []];
}

function namesIn(clause: ts.ImportClause | undefined): readonly string[] {
  if (clause === undefined || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const named = clause.namedBindings === undefined ? [] : bindingNames(clause.namedBindings);
  return clause.name === undefined ? named : ["default", ...named];
}

function bindingNames(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): readonly string[] {
  if (bindings === undefined || ts.isNamespaceImport(bindings) || ts.isNamespaceExport(bindings)) return ["*"];
  return bindings.elements.map((element) => (element.propertyName ?? element.name).text);
}

function textOf(node: ts.Node | undefined): string {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : "";
}

function namedPort(node: ts.Identifier): string | undefined {
  if (!isValue(node)) return undefined;
  if (timers.includes(node.text)) return node.text;
  if (!Object.hasOwn(members, node.text)) return undefined;
  const ports = members[node.text] ?? null;
  const whole = outermost(node);
  const taken = membersTaken(whole);
  if (taken !== undefined) {
    const member = taken.find((name) => ports === null || ports.includes(name) || name === unknown);
    return member === undefined ? undefined : `${node.text}.${member}`;
  }
  if (node.text === "Date") return datePort(whole);
  // Handed on whole, as in `const m = Math`: where it goes from here nobody can see. `run(process)` is common, though.
  return node.text === "process" && !ts.isVariableDeclaration(whole.parent) ? undefined : node.text;
}

/** `new Date(x)` and `x instanceof Date` ask nobody for the time. */
function datePort(node: ts.Node): string | undefined {
  const parent = node.parent;
  if (ts.isNewExpression(parent)) return (parent.arguments ?? []).length === 0 ? "new Date()" : undefined;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) return undefined;
  return ts.isCallExpression(parent) ? "Date()" : "Date";
}

/** The identifier is read as a global: not a type, an import, or somebody's member or property of that name. */
function isValue(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPartOfTypeNode(node) || ts.isTypeQueryNode(parent) || ts.isQualifiedName(parent)) return false;
  if (ts.isImportSpecifier(parent)) return false;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return isGlobalThis(parent.expression);
  if (ts.isBindingElement(parent)) return parent.initializer === node || (parent.propertyName ?? parent.name) === node;
  const named = parent as { readonly name?: ts.Node };
  return named.name !== node || ts.isShorthandPropertyAssignment(parent);
}

function isGlobalThis(node: ts.Expression): boolean {
  return ts.isIdentifier(node) && (node.text === "globalThis" || node.text === "global");
}

/** `globalThis.Date` for the `Date` in it, through parentheses. */
function outermost(node: ts.Node): ts.Node {
  const parent = node.parent;
  const isName = ts.isPropertyAccessExpression(parent) && parent.name === node;
  return isName || ts.isParenthesizedExpression(parent) ? outermost(parent) : node;
}

/** The members read off this object: by `Date.now`, `Date["now"]` or `const { now } = Date`; or some that can't be told. */
function membersTaken(node: ts.Node): readonly string[] | undefined {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return [parent.name.text];
  if (ts.isElementAccessExpression(parent) && parent.expression === node) {
    return [ts.isStringLiteralLike(parent.argumentExpression) ? parent.argumentExpression.text : unknown];
  }
  if (!ts.isVariableDeclaration(parent) || !ts.isObjectBindingPattern(parent.name)) return undefined;
  return parent.name.elements.map((element) => {
    const name = element.dotDotDotToken === undefined ? (element.propertyName ?? element.name) : element;
    return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : unknown;
  });
}
