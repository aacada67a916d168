// P8. Judged on the bucket's own story.
import { type Property, violation } from "./property.js";

export const immutable: Property = {
  name: "immutable",
  promise: "P8",
  claim: "A segment or checkpoint that HEAD refers to never changes its bytes.",
  judge: (view) => {
    const { changed } = view.bucket();
    return changed === null ? null : violation(`${changed}.`);
  },
};
