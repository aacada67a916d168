// The clocks of a target's processes, set from here through libfaketime (https://github.com/wolfcw/libfaketime), which
// stands between a dynamically linked program and the clocks of its machine.
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

export interface Faking {
  /** The shared library's file. */
  readonly library: string;
  /**
   * Whether the monotonic clock moves with the other one. Better not, since timers go by it; but some versions of the
   * library break clock_nanosleep with an absolute monotonic time otherwise (0.9.10 does; Python's time.sleep is that).
   */
  readonly monotonic: boolean;
}

/** Where packages of Linux distributions put the library; the variant for programs with threads. */
const PLACES = ["x86_64-linux-gnu/", "aarch64-linux-gnu/", "", "../lib64/"].map(
  (part) => `/usr/lib/${part}faketime/libfaketimeMT.so.1`,
);

/** The library that `LIBFAKETIME` names (none where that is empty), else one that is installed. */
export function installedLibrary(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = env["LIBFAKETIME"];
  return (named === undefined ? PLACES : [named]).find((place) => place !== "" && existsSync(place));
}

/** The files through which clocks are set, in a folder of their own. */
export class Clocks {
  private folder: string | undefined;
  private count = 0;

  constructor(private readonly faking: Faking) {}

  /** A clock for one process. */
  make(): OwnClock {
    this.folder ??= freshFolder();
    this.count += 1;
    return new OwnClock(this.faking, join(this.folder, String(this.count)));
  }

  /** When no process runs any more. */
  close(): void {
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  }
}

export class OwnClock {
  private readonly fd: number;

  constructor(
    private readonly faking: Faking,
    private readonly file: string,
  ) {
    this.fd = openSync(file, "w");
    this.set(0);
  }

  /** For the process's environment, whose own is `around`. */
  env(around: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
    const preloaded = around["LD_PRELOAD"] ?? "";
    return {
      LD_PRELOAD: preloaded === "" ? this.faking.library : `${this.faking.library}${delimiter}${preloaded}`,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: "1",
      NO_FAKE_STAT: "1",
      ...(this.faking.monotonic ? {} : { FAKETIME_DONT_FAKE_MONOTONIC: "1" }),
    };
  }

  /** From now on the process's clock is so many milliseconds ahead of the machine's. */
  set(aheadMs: number): void {
    // Always the same length, written over the last one: the process must never read an empty file.
    const seconds = (Math.abs(aheadMs) / 1000).toFixed(3).padStart(WIDTH, "0");
    writeSync(this.fd, `${aheadMs < 0 ? "-" : "+"}${seconds}\n`, 0);
  }

  /** The process has ended, by a signal perhaps: what the library then leaves in memory that processes share is removed. */
  discard(pid: number): void {
    closeSync(this.fd);
    rmSync(this.file, { force: true });
    for (const name of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`]) rmSync(`/dev/shm/${name}`, { force: true });
  }
}

// --- internal ---

/** Digits of a clock's seconds: enough for three centuries. */
const WIDTH = 14;

const folders = new Set<string>();
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "manifest-chaos-clocks-"));
  folders.add(folder);
  return folder;
}
