// A run step by step: the request, its answer, what changed in the bucket, and what clients then did.
import type { HistoryEvent } from "../../model/history.js";
import type { Applied } from "../../model/story.js";
import type { Run } from "../run/execute.js";
import type { Exchange } from "../run/watched.js";
import { eventText } from "./event-text.js";

/** Characters of a body or an answer that are shown. */
const BODY_MAX = 200;

/** One text for each step, lines without an end; before them the one of what happens before the first. */
export function walkOf({ record, strikes, lanes }: Run, exchanges: readonly Exchange[]): string[] {
  const { history, story } = record;
  const clients = [...new Set(history.map(({ client }) => client))];
  const bucket = new Map<string, string>();
  const said = (steps: number): string[] => history.filter(({ step }) => step === steps).flatMap(eventLine);
  const start = ["before the first step", ...said(0)].join("\n");
  const steps = lanes.map((lane, step) => {
    const applied = story.filter((each) => each.step === step);
    const heard = exchanges.find((each) => each.step === step);
    const strike = strikes.find((each) => each.step === step);
    const request = heard?.request ?? applied[0] ?? strike;
    const client = heard?.client ?? applied[0]?.client ?? strike?.client ?? clients[lane] ?? `lane ${lane}`;
    const lines = [`step ${step}, ${client}: ${request === undefined ? "an alarm rings" : requestText(request)}`];
    if (strike !== undefined) lines.push(`  fault: ${strike.fault}`);
    for (const each of applied) lines.push(`  the store: ${each.status}`, ...changeLines(each, bucket));
    if (request !== undefined && applied.length === 0) lines.push("  not applied in this step");
    if (request !== undefined)
      lines.push(`  heard: ${heard === undefined ? "nothing yet" : answerText(heard.response)}`);
    return [...lines, ...said(step + 1)].join("\n");
  });
  return [start, ...steps];
}

// --- internal ---

const short = (text: string): string => (text.length > BODY_MAX ? `${text.slice(0, BODY_MAX)}...` : text);

const bodyOf = (body: Exchange["request"]["body"]): string =>
  body === undefined ? "" : ` ${short(typeof body === "string" ? body : Buffer.from(body).toString("utf8"))}`;

function requestText(request: Pick<Exchange["request"], "method" | "key"> & Partial<Exchange["request"]>): string {
  const { method, key, ifMatch, ifNoneMatch, body } = request;
  const match = ifMatch === undefined ? "" : ` if-match ${ifMatch}`;
  const noneMatch = ifNoneMatch === undefined ? "" : ` if-none-match ${ifNoneMatch}`;
  return `${method} ${key}${match}${noneMatch}${bodyOf(body)}`;
}

function answerText({ status, code, etag, body, page }: Exchange["response"]): string {
  const words = [status === 0 ? "no answer" : `${status}`, code, etag].filter((word) => word !== undefined).join(" ");
  const listed = page === undefined ? "" : short(` [${page.entries.map(({ key }) => key).join(" ")}]`);
  return `${words}${bodyOf(body)}${listed}`;
}

/** What an applied request did to the bucket, which is kept up to date. */
function changeLines({ method, key, status, body }: Applied, bucket: Map<string, string>): string[] {
  const before = bucket.get(key);
  if (status < 200 || status > 299) return [];
  if (method === "DELETE" && before !== undefined) {
    bucket.delete(key);
    return [`  bucket: - ${key} ${short(before)}`];
  }
  if (method !== "PUT" || body === undefined) return [];
  bucket.set(key, body);
  if (before === body) return [`  bucket: = ${key}, the same bytes again`];
  const added = `  bucket: + ${key} ${short(body)}`;
  return before === undefined ? [added] : [`  bucket: - ${key} ${short(before)}`, added];
}

function eventLine(event: HistoryEvent): string[] {
  const text = eventText(event);
  return text === null ? [] : [`  ${event.client} ${text}`];
}
