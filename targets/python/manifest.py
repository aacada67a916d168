"""A small honest manifest on S3 (boto3) that speaks the protocol of targets: a page to copy from.

On the bucket: HEAD.json, segments/seg-<20 digits>.json, checkpoints/<id>.json with <id>.meta.json. Three rules:
- a segment is put if absent; whoever gets the slot after HEAD has decided what the next transaction is;
- HEAD moves by compare-and-swap on its ETag, and only onto that segment. Anybody may do it (`publish`);
- an answer that never came proves nothing: look who owns the slot, by a nonce that is fresh in every attempt.
Nothing is ever deleted, so no session needs a lease: `gc` is not among the operations.
"""

import json
import os
import sys
import uuid
import zlib

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

BUG = os.environ.get("MANIFEST_BUG", "")  # plants a bug, to see it found: README.md lists them
OPS = ["open", "begin", "get", "scan", "put", "delete", "commit", "end", "compact", "recover"]
if BUG == "reader-before-lease":
    OPS.append("gc")
TRIES = 8


class Fail(Exception):
    """(error, message): it definitely had no effect."""


class Info(Exception):
    """(error, message): nobody knows whether it had one."""


class Refused(Exception):
    """The condition of a PUT did not hold."""


class Unclear(Exception):
    """No answer, or one that proves nothing."""


class Bucket:
    """Objects of JSON under one prefix."""

    def __init__(self, s3, prefix):
        self.s3, self.name, self.prefix = s3, os.environ["MANIFEST_BUCKET"], prefix

    def get(self, key):
        """(document, ETag), or (None, None) where there is no such object."""
        for _ in range(TRIES):
            try:
                answer = self.s3.get_object(Bucket=self.name, Key=f"{self.prefix}/{key}")
                body = answer["Body"].read()
                if zlib.crc32(body) == int(answer["Metadata"].get("crc32", "0"), 16) or "crc32" not in answer["Metadata"]:
                    return json.loads(body), answer["ETag"]
            except ClientError as error:
                if error.response["Error"]["Code"] == "NoSuchKey":
                    return None, None
            except (BotoCoreError, OSError, ValueError, KeyError):
                pass  # no answer, half a body, no ETag: ask again
        raise Unclear(f"GET {key}")

    def put(self, key, document, etag=None, always=False, **metadata):
        """Puts if absent, or over exactly `etag`; returns the new ETag."""
        condition = {} if always else {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}
        body = json.dumps(document).encode()
        metadata["crc32"] = f"{zlib.crc32(body):08x}"
        try:
            answer = self.s3.put_object(
                Bucket=self.name, Key=f"{self.prefix}/{key}", Body=body, Metadata=metadata, **condition
            )
            return answer["ETag"]
        except ClientError as error:
            if error.response["Error"]["Code"] == "PreconditionFailed":
                raise Refused from None
            raise Unclear(f"PUT {key}") from error
        except (BotoCoreError, OSError, KeyError) as error:
            raise Unclear(f"PUT {key}") from error

    def delete(self, key):
        try:
            self.s3.delete_object(Bucket=self.name, Key=f"{self.prefix}/{key}")
        except (ClientError, BotoCoreError):
            pass  # what is left lying is no harm

    def list(self, folder):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=f"{self.prefix}/{folder}/")
        try:
            return [item["Key"][len(self.prefix) + 1 :] for page in pages for item in page.get("Contents", [])]
        except (ClientError, BotoCoreError) as error:
            raise Unclear(f"LIST {folder}") from error


EMPTY = {"version": 1, "checkpoint_id": None, "last_segment_seq": None, "last_txn_id": 0, "checkpoint_seq": 0}


def segment_key(seq):
    return f"segments/seg-{seq:020}.json"


class Manifest:
    """One client. `session` is None or {head, etag, staged, read, state}."""

    def __init__(self, bucket):
        self.bucket, self.session = bucket, None

    def head(self):
        head, etag = self.bucket.get("HEAD.json")
        head = head or EMPTY
        if "checkpoint_seq" not in head:  # fusio-manifest drops the fields that it does not know
            meta = head["checkpoint_id"] and self.bucket.get(f"checkpoints/{head['checkpoint_id']}.meta.json")[0]
            head["checkpoint_seq"] = meta["last_segment_seq_at_ckpt"] if meta else 0
        return head, etag

    def publish(self, head, etag, seq, segment):
        """Moves HEAD onto a segment that owns its slot; true if HEAD is there or past it, whoever brought it there."""
        for _ in range(TRIES):
            if (head["last_segment_seq"] or 0) >= seq:
                return True
            if (head["last_segment_seq"] or 0) != seq - 1:
                return False
            moved = {**head, "last_segment_seq": seq, "last_txn_id": segment["txn_id"], "nonce": segment["nonce"]}
            try:
                self.bucket.put("HEAD.json", moved, etag, always=BUG == "lost-update")
                return True
            except (Refused, Unclear) as error:
                if BUG == "abort-then-adopted" and isinstance(error, Refused):
                    raise Fail("conflict", "HEAD has moved") from None
                head, etag = self.head()
        return False

    def begin(self, mode):
        head, etag = self.head()
        if mode == "write":
            head, etag = self.help(head, etag)
        session = {"head": head, "etag": etag, "staged": [], "read": False, "state": None}
        if BUG == "reader-before-lease":
            session["lease"] = f"leases/{uuid.uuid4().hex}.json"
            self.bucket.put(session["lease"], {})
        self.session = session  # only now: after a begin that fails there is none

    def help(self, head, etag):
        """A segment in the next slot is decided: publish it, or its dead writer would stop everybody."""
        while True:
            seq = (head["last_segment_seq"] or 0) + 1
            segment, _ = self.bucket.get(segment_key(seq))
            if segment is None or not self.publish(head, etag, seq, segment):
                return head, etag
            head, etag = self.head()

    def state(self, head):
        """What HEAD says: its checkpoint, and the segments after it."""
        state = {}
        if head["checkpoint_id"] is not None:
            checkpoint, _ = self.bucket.get(f"checkpoints/{head['checkpoint_id']}.json")
            if checkpoint is None:
                raise Fail("corrupt", f"no checkpoint {head['checkpoint_id']}")
            state = dict(checkpoint["entries"])
        for seq in range(head["checkpoint_seq"] + 1, (head["last_segment_seq"] or 0) + 1):
            segment, _ = self.bucket.get(segment_key(seq))
            if segment is None:
                raise Fail("corrupt", f"no segment {seq}")
            for record in segment["records"]:
                if record["op"] == "Put":
                    state[record["key"]] = record["value"]
                else:
                    state.pop(record["key"], None)
        return state

    def scan(self):
        session = self.session
        session["read"] = True
        if session["state"] is None:
            session["state"] = self.state(session["head"])
        return session["state"]

    def end(self):
        session, self.session = self.session, None
        if session and "lease" in session:
            self.bucket.delete(session["lease"])

    def commit(self):
        session = self.session
        self.end()
        if not session["staged"]:
            return {}
        head, etag = session["head"], session["etag"]
        for _ in range(TRIES):
            seq, txn = (head["last_segment_seq"] or 0) + 1, head["last_txn_id"] + 1
            segment = {"txn_id": txn, "nonce": uuid.uuid4().hex, "records": session["staged"]}
            if self.claim(seq, segment):
                try:
                    if self.publish(head, etag, seq, segment):
                        return {"txn": txn}
                except Unclear:
                    pass
                raise Info("timeout", f"segment {seq} is ours, but HEAD may not name it yet")
            head, etag = self.help(*self.head())
            if session["read"]:
                raise Fail("conflict", f"slot {seq} was taken")
            # It has read nothing, so it may stand behind the winner: once more.
        raise Fail("conflict", f"{TRIES} slots were taken")

    def claim(self, seq, segment):
        """True if the slot is ours, false if it is another's; Info where nobody can say."""
        for _ in range(TRIES):
            try:
                self.bucket.put(segment_key(seq), segment, **{"fusio-txn-id": str(segment["txn_id"])})
                return True
            except Unclear:
                continue
            except Refused:
                if BUG == "false-conflict":
                    return False
            try:
                found, _ = self.bucket.get(segment_key(seq))
                return found["nonce"] == segment["nonce"]
            except (Unclear, TypeError, KeyError):
                break
        raise Info("timeout", f"nobody knows who owns slot {seq}")

    def compact(self):
        """A checkpoint of what HEAD says, under a name of its own, and HEAD moved onto it."""
        head, etag = self.head()
        seq = head["last_segment_seq"] or 0
        if seq == head["checkpoint_seq"]:
            return
        body = {"entries": sorted(self.state(head).items())}
        id = f"ckpt-{head['last_txn_id']:020}-{uuid.uuid4().hex[:12]}"
        meta = {"lsn": head["last_txn_id"], "key_count": len(body["entries"]), "byte_size": len(json.dumps(body))}
        meta |= {"created_at_ms": 0, "format": "application/json", "last_segment_seq_at_ckpt": seq}
        self.bucket.put(f"checkpoints/{id}.json", body)
        self.bucket.put(f"checkpoints/{id}.meta.json", meta)
        for _ in range(TRIES):
            try:
                self.bucket.put("HEAD.json", {**head, "checkpoint_id": id, "checkpoint_seq": seq}, etag)
                return
            except (Refused, Unclear):
                head, etag = self.head()
            if head["checkpoint_seq"] >= seq and BUG != "checkpoint-goes-back":
                return  # another's is as new, or ours is there already

    def gc(self):
        """Only with a planted bug: deletes the segments below the checkpoint, if no lease is there at this moment."""
        head, _ = self.head()
        if self.bucket.list("leases"):
            return
        for key in self.bucket.list("segments"):
            if key <= segment_key(head["checkpoint_seq"]):
                self.bucket.delete(key)


def perform(manifest, request):
    """One operation; returns what goes into `ok`."""
    op = request["op"]
    if op in ("get", "scan", "put", "delete", "commit") and manifest.session is None:
        raise Fail("no-session", "no session is open")
    if op == "begin":
        manifest.begin(request["mode"])
    elif op == "get":
        return {"value": manifest.scan().get(request["key"])}
    elif op == "scan":
        return {"entries": sorted(manifest.scan().items())}
    elif op == "put":
        manifest.session["staged"].append({"key": request["key"], "op": "Put", "value": request["value"]})
    elif op == "delete":
        manifest.session["staged"].append({"key": request["key"], "op": "Del"})
    elif op == "commit":
        return manifest.commit()
    elif op == "end":
        manifest.end()
    elif op == "compact":
        manifest.compact()
    elif op == "gc":
        manifest.gc()
    elif op == "recover":
        manifest.help(*manifest.head())
    else:
        raise Fail("unsupported", op)
    return {}


def say(line):
    print(json.dumps(line), flush=True)


def main():
    # One attempt a call: a retry inside the SDK would meet its own object and call it a lost race.
    config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, read_timeout=600)
    s3 = boto3.client("s3", endpoint_url=os.environ["MANIFEST_ENDPOINT"], config=config)
    manifest = Manifest(Bucket(s3, os.environ["MANIFEST_PREFIX"]))
    say({"ready": {"protocol": 1, "name": "python", "ops": OPS}})
    for line in sys.stdin:
        request = json.loads(line)
        if request["op"] == "open":
            manifest = Manifest(Bucket(s3, request["prefix"]))
            say({"id": request["id"], "ok": {}})
            continue
        try:
            answer = {"ok": perform(manifest, request)}
        except Fail as error:
            answer = {"fail": {"error": error.args[0], "message": error.args[1]}}
        except Info as error:
            answer = {"info": {"error": error.args[0], "message": error.args[1]}}
        except (Unclear, Refused) as error:  # `commit` has looked after those that could have had an effect
            answer = {"fail": {"error": "unavailable", "message": str(error)}}
        say({"id": request["id"], **answer})


if __name__ == "__main__":
    main()
