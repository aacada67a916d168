// The first contact with a real endpoint: is it there, is it S3, may we, and where is the bucket.
import type { S3Client } from "@aws-sdk/client-s3";
import { askAgain, isPassing } from "./again.js";
import type { Send } from "./request.js";
import { sdkSend } from "./sdk.js";

export type Contact =
  /** The bucket answers. `made`: it was not there, and was made for this run. `refuses`: a second put-if-absent is refused. */
  | { readonly kind: "ready"; readonly made: boolean; readonly refuses: boolean }
  | { readonly kind: "no"; readonly because: string };

/** Looks for the bucket, makes it if it is missing and may be made, and writes, reads and deletes one small object at `key`. */
export async function makeContact(client: S3Client, bucket: string, key: string, mayMake: boolean): Promise<Contact> {
  const { CreateBucketCommand, HeadBucketCommand } = await import("@aws-sdk/client-s3");
  const at = { Bucket: bucket };
  const found = await attempt(() => client.send(new HeadBucketCommand(at)));
  if (found !== null && found.status !== 404) return { kind: "no", because: found.because };
  if (found !== null && !mayMake) return { kind: "no", because: `there is no bucket "${bucket}"` };
  if (found !== null) {
    const made = await attempt(() => client.send(new CreateBucketCommand(at)));
    if (made !== null)
      return { kind: "no", because: `there is no bucket "${bucket}", and it can't be made: ${made.because}` };
  }
  const send = await sdkSend(client, bucket);
  const ask = (request: Parameters<Send>[0]) => askAgain(() => send(request), isPassing);
  const { answer: put, tries } = await ask({ method: "PUT", key, body: "probe", ifNoneMatch: "*" });
  const { answer: again } = await ask({ method: "PUT", key, body: "other", ifNoneMatch: "*" });
  const { answer: got } = await ask({ method: "GET", key });
  await ask({ method: "DELETE", key });
  // A PUT that is sent again may meet its own object.
  const isPut = put.status === 200 || (put.status === 412 && tries > 1);
  if (!isPut || got.body !== "probe" || got.date === undefined) {
    return {
      kind: "no",
      because: `it does not behave like S3: a PUT was answered ${put.status}, the GET after it ${got.status}`,
    };
  }
  return { kind: "ready", made: found !== null, refuses: again.status === 412 };
}

/** Deletes the bucket that was made for a run, if nothing else is in it. True if it is gone. */
export async function removeBucket(client: S3Client, bucket: string): Promise<boolean> {
  const { DeleteBucketCommand } = await import("@aws-sdk/client-s3");
  return (await attempt(() => client.send(new DeleteBucketCommand({ Bucket: bucket })))) === null;
}

// --- internal ---

interface Refused {
  /** 0: no answer. */
  readonly status: number;
  /** What it means to whoever runs this. */
  readonly because: string;
  /** It may go well another time. */
  readonly isPassing: boolean;
}

/** Null where it went well. A server that is busy for a moment is asked again. */
async function attempt(call: () => Promise<unknown>): Promise<Refused | null> {
  return (
    await askAgain(
      () => once(call),
      (refused) => refused?.isPassing === true,
    )
  ).answer;
}

async function once(call: () => Promise<unknown>): Promise<Refused | null> {
  try {
    await call();
    return null;
  } catch (error) {
    const {
      name = "",
      message = "",
      code,
      $metadata,
    } = error as { name?: string; message?: string; code?: string; $metadata?: { httpStatusCode?: number } };
    const status = $metadata?.httpStatusCode ?? 0;
    const refused = { status, isPassing: status === 0 ? code === "ECONNRESET" : isPassing({ status }) };
    if (name === "CredentialsProviderError")
      return {
        ...refused,
        because: "no credentials were found (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile)",
      };
    if (status === 401 || status === 403) return { ...refused, because: `the credentials were refused (${status})` };
    if (status === 0) return { ...refused, because: `it does not answer (${code ?? (message || name)})` };
    return { ...refused, because: `it answered ${status} ${name}` };
  }
}
