// Who runs, who waits, and who is busy by itself.

/** A client runs, or it waits (or has ended), or it is busy with what can't be seen from the door. */
type State = "runs" | "waits" | "busy";

export class Activity {
  /** How many run now, and answers that a store outside still owes. */
  running = 0;
  /** How many go on by themselves, at a time of their own. A run does not end before they have. */
  busy = 0;
  private readonly states: State[];

  constructor(clients: number) {
    this.states = Array.from({ length: clients }, () => "waits" as const);
  }

  get calm(): boolean {
    return this.running === 0 && this.busy === 0;
  }

  runs(client: number): boolean {
    return this.states[client] === "runs";
  }

  isBusy(client: number): boolean {
    return this.states[client] === "busy";
  }

  run(client: number): void {
    this.become(client, "runs");
  }

  rest(client: number): void {
    this.become(client, "waits");
  }

  /** One that runs, or is thought to be busy, is waited for no longer. */
  settle(client: number, busy: boolean): void {
    if (this.states[client] !== "waits") this.become(client, busy ? "busy" : "waits");
  }

  // --- internal ---

  private become(client: number, state: State): void {
    const before = this.states[client];
    if (before === state) return;
    if (before === "runs") this.running -= 1;
    if (before === "busy") this.busy -= 1;
    if (state === "runs") this.running += 1;
    if (state === "busy") this.busy += 1;
    this.states[client] = state;
  }
}
