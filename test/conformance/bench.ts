// What every case of the store's conformance works with: one folder of its own, and short words for the five methods.
import { createHash } from "node:crypto";
import type { Body, ListPage, Send, StoreRequest, StoreResponse } from "../../src/store/request.js";

/** Further fields of a request. */
export type Extra = Partial<Omit<StoreRequest, "method" | "key" | "body">>;

export interface Bench {
  readonly send: Send;
  /** All keys of this case start so; no other case's do. */
  readonly folder: string;
  readonly put: (name: string, body: Body, extra?: Extra) => Promise<StoreResponse>;
  readonly get: (name: string, extra?: Extra) => Promise<StoreResponse>;
  readonly head: (name: string, extra?: Extra) => Promise<StoreResponse>;
  readonly remove: (name: string, extra?: Extra) => Promise<StoreResponse>;
  /** LIST of the folder, or of what in it starts with `prefix`. */
  readonly list: (extra?: Extra, prefix?: string) => Promise<ListPage>;
}

/** One thing that the contract says: a title and the steps that show it. */
export type Case = readonly [title: string, run: (bench: Bench) => Promise<void>];

/** An ETag that no object here has. */
export const STRANGE_ETAG = '"00000000000000000000000000000000"';

export const md5 = (body: Body): string => `"${createHash("md5").update(body).digest("hex")}"`;

export function benchIn(send: Send, folder: string): Bench {
  const at = (method: StoreRequest["method"]) => (name: string, extra?: Extra) =>
    send({ ...extra, method, key: `${folder}${name}` });
  return {
    send,
    folder,
    put: (name, body, extra) => send({ ...extra, method: "PUT", key: `${folder}${name}`, body }),
    get: at("GET"),
    head: at("HEAD"),
    remove: at("DELETE"),
    list: async (extra, prefix = "") => {
      const { page, status, code } = await send({ ...extra, method: "LIST", key: `${folder}${prefix}` });
      if (page === undefined) throw new Error(`LIST was answered ${status} ${code ?? ""}`);
      return page;
    },
  };
}

/** The keys on a page, without the folder. */
export const namesOn = ({ entries }: ListPage, { folder }: Bench): readonly string[] =>
  entries.map(({ key }) => key.slice(folder.length));
