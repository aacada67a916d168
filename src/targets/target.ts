// A target: one client of a manifest, opened anew for each life. In process it is this interface.
import type { Environment } from "../manifest/core.js";
import type { Manifest } from "../manifest/manifest.js";

/** The operations of the target protocol. */
export type Client = Manifest;

export interface Target {
  /** The name for `--target`. */
  readonly id: string;
  /** One sentence on what it is. */
  readonly says: string;
  /** Which class of real bugs a planted one belongs to, and where that happened. */
  readonly bug?: { readonly class: number; readonly happenedIn: string };
  readonly open: (env: Environment) => Client;
}
