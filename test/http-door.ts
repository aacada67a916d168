// A door over HTTP in front of a simulated store, and requests to it that say no more than they are told to.
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { fixedBuckets } from "../src/store/http/buckets.js";
import type { Answer } from "../src/store/http/call.js";
import { listen } from "../src/store/http/listen.js";
import { SimulatedStore } from "../src/store/simulated.js";

export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

type Headers = Readonly<Record<string, string>>;

/** Its buckets are `bucket` and `other-bucket`; its clock stands still in November 2023. */
export async function httpDoor(answerOf?: (store: SimulatedStore) => Answer) {
  const now = () => 1_700_000_000_000;
  const store = new SimulatedStore({ now });
  const bugs: unknown[] = [];
  const door = await listen({
    host: "127.0.0.1",
    port: 0,
    buckets: fixedBuckets("bucket", "other-bucket"),
    now,
    onBug: (error) => bugs.push(error),
    answer: answerOf?.(store) ?? ((request) => store.apply(request)),
  });
  /** A body gets a Content-Length, unless the headers speak of a Transfer-Encoding. */
  const ask = (method: string, path: string, headers: Headers = {}, body?: string | Uint8Array): Promise<Heard> =>
    new Promise((resolve, reject) => {
      const length: Headers =
        body === undefined || "transfer-encoding" in headers ? {} : { "content-length": `${Buffer.byteLength(body)}` };
      const request = httpRequest(
        { port: door.port, host: "127.0.0.1", method, path, headers: { ...length, ...headers } },
        (response) => {
          let text = "";
          response.setEncoding("latin1");
          response.on("data", (part) => {
            text += part;
          });
          response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        },
      );
      request.on("error", reject);
      request.end(body);
    });
  /** What comes back for these bytes: so many answers, or less where the other side ends or is silent for so long. */
  const say = (bytes: string | Uint8Array, answers = 1, silentMs = 3000): Promise<string> =>
    new Promise((resolve) => {
      let heard = "";
      const socket = connect(door.port, "127.0.0.1");
      socket.setTimeout(silentMs, () => socket.destroy());
      socket.on("data", (part) => {
        heard += part.toString("latin1");
        if (wholeAnswers(heard) >= answers) socket.destroy();
      });
      socket.on("error", () => undefined);
      socket.on("close", () => resolve(heard));
      socket.write(bytes);
    });
  return { ask, say, store, bugs, port: door.port, close: door.close };
}

/** Answers that are there to their last byte. */
function wholeAnswers(heard: string): number {
  const whole = heard.split(/(?=HTTP\/1\.1 \d{3} )/).filter((answer) => {
    const end = answer.indexOf("\r\n\r\n");
    const length = Number(/^content-length: (\d+)\r$/im.exec(answer)?.[1] ?? 0);
    return end !== -1 && !answer.startsWith("HTTP/1.1 1") && answer.length >= end + 4 + length;
  });
  return whole.length;
}

/** What stands between `<Code>` and `</Code>`. */
export const codeIn = (text: string): string | undefined => /<Code>(.*?)<\/Code>/.exec(text)?.[1];
