// What S3 refuses before anything reaches the store: a status, a code, and the sentence that explains it.

/** Thrown on the way to the store, written out as S3's error. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(
    readonly status: number,
    readonly code: string,
    message = messageOf(code),
  ) {
    super(message);
  }
}

/** S3's own words for a code (AWS, "Error responses", list of error codes). */
export const messageOf = (code: string): string => MESSAGES[code] ?? code;

// --- internal ---

const MESSAGES: Readonly<Record<string, string>> = {
  AccessDenied: "Access Denied",
  BadDigest: "The Content-MD5 or checksum value that you specified did not match what the server received.",
  BucketNotEmpty: "The bucket that you tried to delete is not empty.",
  ConditionalRequestConflict: "A conflicting conditional operation is currently in progress against this resource.",
  EntityTooLarge: "Your proposed upload exceeds the maximum allowed object size.",
  IncompleteBody: "You did not provide the number of bytes specified by the Content-Length HTTP header.",
  InternalError: "We encountered an internal error. Please try again.",
  InvalidArgument: "Invalid Argument",
  InvalidBucketName: "The specified bucket is not valid.",
  InvalidDigest: "The Content-MD5 or checksum value that you specified is not valid.",
  InvalidPart: "One or more of the specified parts could not be found, or its ETag did not match.",
  InvalidPartNumber: "The requested partnumber is not satisfiable",
  InvalidPartOrder: "The list of parts was not in ascending order.",
  InvalidRange: "The requested range is not satisfiable",
  InvalidURI: "Couldn't parse the specified URI.",
  KeyTooLongError: "Your key is too long",
  MalformedXML: "The XML you provided was not well-formed or did not validate against our published schema",
  MetadataTooLarge: "Your metadata headers exceed the maximum allowed metadata size",
  MethodNotAllowed: "The specified method is not allowed against this resource.",
  MissingContentLength: "You must provide the Content-Length HTTP header.",
  NoSuchBucket: "The specified bucket does not exist",
  NoSuchKey: "The specified key does not exist.",
  NoSuchUpload: "The specified upload does not exist. The upload ID may be invalid, or it was aborted or completed.",
  NoSuchVersion: "The specified version does not exist.",
  NotImplemented: "A header or query parameter you provided implies functionality that is not implemented.",
  PreconditionFailed: "At least one of the pre-conditions you specified did not hold",
  RequestTimeTooSkewed: "The difference between the request time and the server's time is too large.",
  SignatureDoesNotMatch: "The request signature we calculated does not match the signature you provided.",
  SlowDown: "Please reduce your request rate.",
};
