// What a target did, and what it should have done.

export class Wrong extends Error {
  override readonly name = "Wrong";
}
