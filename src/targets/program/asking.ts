// The operations of a client that is a program: each is one request of the protocol.
import type { Answer } from "../../manifest/answer.js";
import type { Client } from "../target.js";
import type { Reply } from "./protocol.js";

export type Ask = (request: { readonly op: string; readonly [field: string]: unknown }) => Promise<Reply>;

export function askingClient(ask: Ask): Client {
  const call = async <T>(request: Parameters<Ask>[0]): Promise<Answer<T>> => (await ask(request)) as Answer<T>;
  return {
    begin: (mode) => call({ op: "begin", mode }),
    get: (key) => call({ op: "get", key }),
    scan: () => call({ op: "scan" }),
    put: (key, value) => call({ op: "put", key, value }),
    delete: (key) => call({ op: "delete", key }),
    commit: () => call({ op: "commit" }),
    end: () => call({ op: "end" }),
    compact: () => call({ op: "compact" }),
    gc: () => call({ op: "gc" }),
    recover: () => call({ op: "recover" }),
  };
}
