"""What boto3 makes of an endpoint: one S3 operation after the other. Prints what came of each as one JSON document.

Environment: ENDPOINT, BUCKET, and credentials where boto3 looks for them.
"""

import io
import json
import os
import urllib.error
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
s3 = boto3.client("s3", endpoint_url=os.environ["ENDPOINT"], config=config)
signed = boto3.client("s3", endpoint_url=os.environ["ENDPOINT"], config=config.merge(Config(signature_version="s3v4")))
bucket = os.environ["BUCKET"]
MIB = 1 << 20
seen = {}


def tell(name, call, pick=lambda answer: answer["ResponseMetadata"]["HTTPStatusCode"]):
    """Notes what `pick` makes of the answer, or S3's status and code where it is an error."""
    try:
        answer = call()
        seen[name] = pick(answer)
        return answer
    except ClientError as error:
        seen[name] = [error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]]
        return {}


def at(key, **more):
    return {"Bucket": bucket, "Key": key, **more}


tell("create bucket", lambda: s3.create_bucket(Bucket="another-bucket"))
tell("list buckets", s3.list_buckets, lambda answer: [item["Name"] for item in answer["Buckets"]])
tell("delete bucket", lambda: s3.delete_bucket(Bucket="another-bucket"))

put = tell("put", lambda: s3.put_object(**at("a ü/+&", Body="höre".encode(), Metadata={"by": "me"}, ContentType="x/y")))
tell(
    "get",
    lambda: s3.get_object(**at("a ü/+&")),
    lambda got: [got["Body"].read().decode(), got["Metadata"], got["ContentType"], got["ETag"] == put["ETag"]],
)
tell("head", lambda: s3.head_object(**at("a ü/+&")), lambda got: got["ContentLength"])
tell("get range", lambda: s3.get_object(**at("a ü/+&", Range="bytes=0-0")), lambda got: got["Body"].read().decode())
tell("head range", lambda: s3.head_object(**at("a ü/+&", Range="bytes=1-")), lambda got: [got["ContentLength"], got["ContentRange"]])
tell("get missing", lambda: s3.get_object(**at("none")))
tell("head missing", lambda: s3.head_object(**at("none")))
tell("missing bucket", lambda: s3.get_object(Bucket="no-such-bucket", Key="k"))
tell("if none match, there", lambda: s3.put_object(**at("a ü/+&", Body=b"2", IfNoneMatch="*")))
tell("if none match, absent", lambda: s3.put_object(**at("new", Body=b"1", IfNoneMatch="*")))
tell("if match, stale", lambda: s3.put_object(**at("new", Body=b"2", IfMatch=put["ETag"])))
tell("if match, good", lambda: s3.put_object(**at("new", Body=b"2", IfMatch=s3.head_object(**at("new"))["ETag"])))
tell("if match, absent", lambda: s3.put_object(**at("none", Body=b"2", IfMatch=put["ETag"])))
tell("get, not modified", lambda: s3.get_object(**at("a ü/+&", IfNoneMatch=put["ETag"])))
for algorithm in ["CRC32", "SHA1", "SHA256"]:
    tell(f"checksum {algorithm}", lambda: s3.put_object(**at("summed", Body=b"1", ChecksumAlgorithm=algorithm)))
tell("checksum wrong", lambda: s3.put_object(**at("summed", Body=b"1", ChecksumCRC32="AAAAAA==")))
tell("copy", lambda: s3.copy_object(**at("copied", CopySource=at("a ü/+&"))))
tell("copied", lambda: s3.get_object(**at("copied")), lambda got: [got["Body"].read().decode(), got["Metadata"]])

for i in range(5):
    s3.put_object(**at(f"list/{i}", Body=b"x"))
s3.put_object(**at("list/deep/0", Body=b"x"))
pages = list(s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="list/", PaginationConfig={"PageSize": 4}))
seen["pages"] = [[item["Key"] for item in page["Contents"]] for page in pages]
tell(
    "delimiter",
    lambda: s3.list_objects_v2(Bucket=bucket, Prefix="list/", Delimiter="/"),
    lambda page: [len(page["Contents"]), [item["Prefix"] for item in page["CommonPrefixes"]]],
)
tell("list v1", lambda: s3.list_objects(Bucket=bucket, Prefix="list/"), lambda page: len(page["Contents"]))

part = tell("create upload", lambda: s3.create_multipart_upload(**at("parts")))
upload = part.get("UploadId", "")
parts = []
for number, body in [(1, b"a" * 5 * MIB), (2, b"end")]:
    answer = tell(f"part {number}", lambda: s3.upload_part(**at("parts", UploadId=upload, PartNumber=number, Body=body)))
    parts.append({"PartNumber": number, "ETag": answer.get("ETag", "")})
tell(
    "complete upload",
    lambda: s3.complete_multipart_upload(**at("parts", UploadId=upload, MultipartUpload={"Parts": parts})),
    lambda answer: answer["ETag"].endswith('-2"'),
)
tell("of parts", lambda: s3.head_object(**at("parts")), lambda got: got["ContentLength"] - 5 * MIB)
tell(
    "part by number",
    lambda: s3.get_object(**at("parts", PartNumber=2)),
    lambda got: [got["Body"].read().decode(), got["PartsCount"]],
)
tell("no such part", lambda: s3.get_object(**at("parts", PartNumber=3)))
copying = s3.create_multipart_upload(**at("parts copied"))["UploadId"]
tell(
    "copy part",
    lambda: s3.upload_part_copy(**at("parts copied", UploadId=copying, PartNumber=1, CopySource=at("parts"), CopySourceRange="bytes=0-9")),
    lambda answer: len(answer["CopyPartResult"]["ETag"]),
)
s3.abort_multipart_upload(**at("parts copied", UploadId=copying))
given_up = s3.create_multipart_upload(**at("given up"))["UploadId"]
tell("abort upload", lambda: s3.abort_multipart_upload(**at("given up", UploadId=given_up)))
big = os.urandom(11 * MIB)
transfer = TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB)
s3.upload_fileobj(io.BytesIO(big), bucket, "transferred", Config=transfer)
back = io.BytesIO()
s3.download_fileobj(bucket, "transferred", back, Config=transfer)
seen["transfer"] = back.getvalue() == big

s3.put_object(**at("control \x01\x1b", Body=b"x"))
tell(
    "control characters",
    lambda: s3.list_objects_v2(Bucket=bucket, Prefix="control"),
    lambda page: [item["Key"] for item in page["Contents"]],
)
# Not by DeleteObjects: neither its request nor its answer can hold such a key in XML 1.0, and there is no other encoding.
s3.delete_object(**at("control \x01\x1b"))
def fetched(url, body=None):
    """The status of a bare request to a signed URL."""
    request = urllib.request.Request(url, data=body, method="GET" if body is None else "PUT")
    try:
        with urllib.request.urlopen(request) as answer:
            return [answer.status, answer.read().decode()]
    except urllib.error.HTTPError as error:
        return error.code


url = signed.generate_presigned_url("put_object", Params=at("by url ü+&"))
seen["signed url"] = [
    fetched(url, b"hi"),
    fetched(signed.generate_presigned_url("get_object", Params=at("by url ü+&", ResponseContentType="x/y"))),
    fetched(url.replace("by%20url", "by%20url2"), b"hi"),
    fetched(url.replace("Expires=3600", "Expires=3601"), b"hi"),
]
tell("wrong version", lambda: s3.delete_object(**at("new", VersionId="abc")))
tell("only version", lambda: s3.get_object(**at("new", VersionId="null")))
tell("delete", lambda: s3.delete_object(**at("new")))
tell("delete missing", lambda: s3.delete_object(**at("new")))
keys = [item["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket) for item in page["Contents"]]
tell(
    "delete objects",
    lambda: s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys]}),
    lambda answer: [len(answer["Deleted"]) == len(keys), answer.get("Errors", [])],
)
tell("empty", lambda: s3.list_objects_v2(Bucket=bucket), lambda page: page["KeyCount"])
print(json.dumps(seen))
