// What marks a test's secret, so that one search finds each of them wherever it leaks to; and where a test has one without.
import ts from "typescript";
import { isTest, lineOf, nodesOf, type Source } from "./sources.js";

/**
 * Stands in every secret of a test; .ci/run looks for it in all that the suite prints. Letters only: so it looks the same
 * in JSON, in a URL and in XML. In one whose pieces may get out alone (what stands before a `#`) it stands in each piece.
 */
export const MARKER = "tOpSeCrEt";

/** As it is, and inside of base64, which has three ways to cut what it is given into threes. */
export const FORMS: readonly string[] = [MARKER, ...[0, 1, 2].map((before) => inBase64(before))];

/** The forms of the marker that stand in `bytes`. */
export const formsIn = (bytes: Buffer): readonly string[] => FORMS.filter((form) => bytes.includes(form));

/** A sentence for each secret in a test that does not hold the marker. */
export function unmarkedSecrets(source: Source): readonly string[] {
  if (!isTest(source.path)) return [];
  return nodesOf(source.tree).flatMap((node) => {
    const texts = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) ? secretsIn(node) : [];
    return texts
      .filter((text) => !text.includes(MARKER))
      .map((text) => `${source.path}:${lineOf(node)}: the secret "${text}" is not marked`);
  });
}

// --- internal ---

const NAME = /^(secretAccessKey|sessionToken|password|AWS_(SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN))$/;
const IN_FILE = /\baws_(?:secret_access_key|session_token|security_token)[ \t]*=[ \t]*([^\s$`"'\\]+)/g;
const IN_URL = /:\/\/[^\s/@"'`]*:([^\s/@"'`$]+)@/g;

function inBase64(before: number): string {
  const whole = Buffer.from(`${"-".repeat(before)}${MARKER}`)
    .toString("base64")
    .replace(/=+$/, "");
  // Characters that hold bits of what stands before or behind it as well are left out.
  const first = Math.ceil((8 * before) / 6);
  const end = Math.floor((8 * (before + MARKER.length)) / 6);
  return whole.slice(first, end);
}

/** What a secret's name is given, and what stands where a file or a URL has its secret. */
function secretsIn(node: ts.StringLiteralLike | ts.TemplateExpression): readonly string[] {
  const text = ts.isStringLiteralLike(node) ? node.text : node.getText();
  const { parent } = node;
  const takes = ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent);
  const named = takes && parent.initializer === node && NAME.test(parent.name.getText());
  const inside = [IN_FILE, IN_URL].flatMap((pattern) => [...text.matchAll(pattern)].map(([, secret = ""]) => secret));
  return named && text !== "" ? [text, ...inside] : inside;
}
