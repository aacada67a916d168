// Uploads in parts that are under way. Their parts are known to this endpoint alone: the store sees one PUT, at the end.
import { hash } from "node:crypto";
import type { Part } from "../request.js";
import { Refusal } from "./refusal.js";

export interface UploadedPart {
  /** Quoted MD5 of the part. */
  readonly etag: string;
  readonly body: Uint8Array;
}

export interface Upload {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  readonly parts: Map<number, UploadedPart>;
}

/** Parts are kept in memory: so much of it, for all uploads together. */
const BYTES_MAX = 1 << 30;
/** S3's least size of every part but the last. */
const PART_BYTES_MIN = 5 << 20;

export class Uploads {
  private readonly open = new Map<string, Upload>();
  private count = 0;
  private bytes = 0;

  begin(upload: Omit<Upload, "id" | "parts">): string {
    this.count += 1;
    const id = `upload-${this.count}-${hash("md5", `${upload.bucket}/${upload.key}`, "hex")}`;
    this.open.set(id, { ...upload, id, parts: new Map() });
    return id;
  }

  /** The upload of that id, if it is to this object. */
  find(id: string, bucket: string, key: string): Upload {
    const upload = this.open.get(id);
    if (upload?.bucket !== bucket || upload.key !== key) throw new Refusal(404, "NoSuchUpload");
    return upload;
  }

  /** A part that is sent again replaces the earlier one. Answers its ETag. */
  put(upload: Upload, number: number, body: Uint8Array): string {
    const before = upload.parts.get(number)?.body.byteLength ?? 0;
    if (this.bytes - before + body.byteLength > BYTES_MAX) throw new Refusal(503, "SlowDown");
    this.bytes += body.byteLength - before;
    const etag = `"${hash("md5", body, "hex")}"`;
    upload.parts.set(number, { etag, body });
    return etag;
  }

  end(upload: Upload): void {
    if (!this.open.delete(upload.id)) return;
    for (const { body } of upload.parts.values()) this.bytes -= body.byteLength;
  }

  in(bucket: string): readonly Upload[] {
    return [...this.open.values()].filter((upload) => upload.bucket === bucket);
  }
}

/** The whole object from the parts that a client names; its ETag is the MD5 of the parts' MD5s, and their number. */
export function assembled(
  { parts }: Upload,
  named: readonly { readonly number: number; readonly etag: string }[],
): { readonly body: Uint8Array; readonly etag: string; readonly parts: readonly Part[] } {
  const chosen = named.map(({ number, etag }, index) => {
    if (number <= (named[index - 1]?.number ?? 0)) throw new Refusal(400, "InvalidPartOrder");
    const part = parts.get(number);
    if (part === undefined || part.etag.replaceAll('"', "") !== etag.replaceAll('"', ""))
      throw new Refusal(400, "InvalidPart");
    return part;
  });
  if (chosen.slice(0, -1).some(({ body }) => body.byteLength < PART_BYTES_MIN))
    throw new Refusal(400, "EntityTooSmall");
  const sums = chosen.map(({ etag }) => Buffer.from(etag.replaceAll('"', ""), "hex"));
  return {
    body: Buffer.concat(chosen.map(({ body }) => body)),
    etag: `"${hash("md5", Buffer.concat(sums), "hex")}-${chosen.length}"`,
    parts: named.map(({ number }, index) => ({ number, size: chosen[index]?.body.byteLength ?? 0 })),
  };
}
