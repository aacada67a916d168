// Aimed faults: for a plan, every fault of every kind at every request, one at a time, then two at a time, exhaustively.
import type { Target } from "../../targets/target.js";
import {
  type Bounds,
  type CampaignResult,
  examine,
  resultOf,
  type Violation,
  type Watch,
  watchOf,
} from "../campaign.js";
import { execute, type Run } from "../execute.js";
import type { Plan } from "../plan.js";
import { emptyTally } from "../tally.js";
import type { Tier } from "../tier.js";
import { Undriven } from "../undriven.js";
import { lanesOf, sooner } from "./moments.js";
import type { Node } from "./node.js";
import { countPlaces, type Place, placesOf } from "./places.js";
import { Follower, type Step, stepsOf } from "./trail.js";

export interface AimedOptions extends Omit<Bounds, "part"> {
  /** Their faults are left out. */
  readonly plans: readonly Plan[];
  /** Kinds of faults. */
  readonly kinds: readonly string[];
  readonly target: Target;
  /** A simulated one: plans are run over and over again, and must go the same way. (A program may fail to.) */
  readonly tier: Tier;
  /** False: late arrivals at every moment, also at those that nobody can tell apart. */
  readonly reduced?: boolean;
  /** False: one fault at a time. */
  readonly pairs?: boolean;
  /** Hears of each run. */
  readonly onRun?: (run: Run) => void;
}

/** Faults at places: one fault of one kind at one request, for a second fault in each run with a first one. */
export interface AimedCount {
  readonly plans: number;
  /** How many there are. Those for two faults are known when all of one have been tried, see `counted`. */
  readonly places: number;
  /** How many of them were tried, with all the moments at which something late can arrive. */
  readonly tried: number;
  readonly one: Counted;
  readonly two: Counted;
  /** False where it ended before the places were counted: there are more than `places`. */
  readonly counted: boolean;
  /** True where there is nothing left to try. */
  readonly complete: boolean;
}

interface Counted {
  readonly places: number;
  readonly tried: number;
}

export interface AimedResult extends CampaignResult {
  readonly aimed: AimedCount;
}

/** Ends at the first violation, when everything has been tried, or when runs, time or patience run out. */
export async function aimed(options: AimedOptions): Promise<AimedResult> {
  const search = new Search(options, watchOf(options));
  const counted = await search.oneFault();
  const complete = counted && (options.pairs ?? true) && (await search.twoFaults());
  const { one, two, tally, violation, watch } = search;
  const [places, tried] = [one.places + two.places, one.tried + two.tried];
  const count = { plans: options.plans.length, places, tried, one, two, counted, complete };
  return { ...resultOf(watch, tally, violation), aimed: count };
}

// --- internal ---

class Search {
  readonly tally = emptyTally();
  readonly one = { places: 0, tried: 0 };
  readonly two = { places: 0, tried: 0 };
  violation: Violation | null = null;
  /** Every run with one fault: where second ones can be placed. */
  private readonly withOne: Node[] = [];
  private readonly undriven: Undriven;

  constructor(
    private readonly options: AimedOptions,
    readonly watch: Watch,
  ) {
    this.undriven = new Undriven(this.tally, options.onUndriven);
  }

  /** False where it ended early. So for the rest. */
  async oneFault(): Promise<boolean> {
    const { plans, kinds, target, tier } = this.options;
    const places: Place[] = [];
    for (const { faults: _, ...rest } of plans) {
      const plan: Plan = { ...rest, faults: [] };
      const drawn = await this.undriven.unless(() => execute(plan, target, tier));
      const root: Node = { plan, lanes: drawn?.lanes ?? [], decided: -1 };
      const steps = await this.run(root);
      if (steps === null) return false;
      places.push(...placesOf({ ...root, lanes: lanesOf(steps) }, steps, kinds));
    }
    this.one.places = places.length;
    const noted = (node: Node, steps: readonly Step[]): void => {
      this.withOne.push(node);
      this.two.places += countPlaces(node, steps, kinds);
    };
    for (const place of places) if (!(await this.tryPlace(place, this.one, noted))) return false;
    return true;
  }

  async twoFaults(): Promise<boolean> {
    const { kinds, target, tier } = this.options;
    for (const node of this.withOne) {
      const follower = new Follower(node.lanes);
      const run = await this.undriven.unless(() => execute(node.plan, target, tier, { chosen: follower }));
      const steps = run === undefined ? [] : stepsOf(follower, run, node.plan.clients.length);
      for (const place of placesOf(node, steps, kinds))
        if (!(await this.tryPlace(place, this.two, () => undefined))) return false;
    }
    return true;
  }

  private async tryPlace(
    place: Place,
    counted: { tried: number },
    noted: (node: Node, steps: readonly Step[]) => void,
  ): Promise<boolean> {
    for (const node of place) if (!(await this.tryNode(node, noted))) return false;
    counted.tried += 1;
    return true;
  }

  /** The run, and all in which something late arrives sooner. */
  private async tryNode(node: Node, noted: (node: Node, steps: readonly Step[]) => void): Promise<boolean> {
    const steps = await this.run(node);
    if (steps === null) return false;
    noted(node, steps);
    for (const other of sooner(node, steps, this.options.reduced ?? true))
      if (!(await this.tryNode(other, noted))) return false;
    return true;
  }

  /** The steps of the run, none where a program could not be driven, null where the search is over. */
  private async run({ plan, lanes }: Node): Promise<readonly Step[] | null> {
    const { runs, target, tier, onRun } = this.options;
    if (this.tally.runs >= runs || this.undriven.hopeless || (await this.watch.over(this.tally))) return null;
    const follower = new Follower(lanes);
    const examined = await this.undriven.unless(() =>
      examine({ target, tier }, plan, this.tally.runs, this.tally, follower),
    );
    if (examined === undefined) return [];
    const { run, violation } = examined;
    onRun?.(run);
    this.violation = violation;
    return violation === null ? stepsOf(follower, run, plan.clients.length) : null;
  }
}
