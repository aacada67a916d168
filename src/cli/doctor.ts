// `doctor`: every setting and where it came from, and whether an endpoint keeps S3's promises.
import type { Command } from "commander";
import { shownCredentials } from "../config/credentials.js";
import { profileNames } from "../config/files.js";
import { doctorDocument, doctorPage } from "../report/doctor.js";
import { type Inspection, inspectEndpoint } from "../run/endpoint.js";
import { examineTarget } from "./doctor-target.js";
import { type Chosen, chosenBy, type EndpointFlags, endpointFlags, isReal, optionsOf, reached } from "./endpoint.js";
import { EXIT, usageError } from "./exit.js";
import { measureInto, ROUNDS } from "./measure.js";
import { commandLine } from "./values.js";

const EXAMPLES = `Examples:
  manifest-chaos doctor                                   which profile, region, endpoint, bucket, and why
  manifest-chaos doctor --endpoint http://127.0.0.1:7070  does this server keep S3's promises?
  manifest-chaos doctor --bucket my-bucket --profile dev  the same of a bucket on AWS
  manifest-chaos doctor --endpoint URL --measure here.json    and how long it takes, for perf --latency here.json
  manifest-chaos doctor --target-cmd "python3 targets/python/manifest.py"    does a program speak the protocol of targets?
`;

interface DoctorFlags extends EndpointFlags {
  readonly measure?: string;
  readonly targetCmd?: string;
  readonly json?: true;
}

export function doctorCommand(program: Command): void {
  endpointFlags(program.command("doctor"))
    .summary("every setting and its source; does an endpoint keep S3's promises")
    .description(
      "Shows every setting and where it came from, secrets hidden. Given an endpoint, tries S3's promises on it, under a fresh prefix.",
    )
    .option("--measure <file>", "measure the endpoint's latencies too, and write the file that perf --latency reads")
    .option("--target-cmd <command>", "examine a target that is a program, step by step", commandLine)
    .option("--json", "print one JSON document on stdout")
    .addHelpText("before", EXAMPLES)
    .action(doctor);
}

// --- internal ---

async function doctor(flags: DoctorFlags): Promise<void> {
  if (flags.targetCmd !== undefined) {
    if (isReal(flags))
      throw usageError("--target-cmd is examined on the simulated store: leave --endpoint and --bucket out");
    return examineTarget(flags.targetCmd, flags.json === true);
  }
  if (flags.measure !== undefined && !isReal(flags))
    throw usageError("--measure goes with --endpoint, --bucket or --real");
  const chosen = await chosenBy(flags);
  const settings = await settingsOf(chosen);
  const seen = isReal(flags) ? await inspected(flags, chosen) : { inspection: null, measured: null };
  const diagnosis = { settings, warnings: chosen.files.warnings, ...seen };
  process.stdout.write(flags.json === true ? `${JSON.stringify(doctorDocument(diagnosis))}\n` : doctorPage(diagnosis));
  process.exitCode = exitCode(seen.inspection);
}

async function inspected(flags: DoctorFlags, chosen: Chosen) {
  const options = optionsOf(chosen);
  const name = options.endpoint === undefined ? "AWS" : new URL(options.endpoint).host;
  const { inspection, more } = await reached(flags, () =>
    inspectEndpoint(options, async (send, prefix) =>
      flags.measure === undefined ? null : measureInto({ file: flags.measure, name, rounds: ROUNDS }, send, prefix),
    ),
  );
  return { inspection, measured: more };
}

async function settingsOf({ settled, files, provider, credentialsFrom }: Chosen) {
  const { profile, region, endpoint, bucket } = settled;
  const file = (name: string, { path, exists }: { readonly path: string; readonly exists: boolean }) => ({
    name,
    value: path,
    source: exists ? "read" : "not there",
  });
  return [
    profile,
    region,
    { ...endpoint, value: endpoint.value ?? "AWS" },
    bucket,
    ...(await shownCredentials(provider, credentialsFrom)),
    file("config file", files.config),
    file("credentials file", files.credentials),
    { name: "profiles", value: profileNames(files).join(", ") || null, source: "both files" },
  ];
}

/** A needed promise that is broken is a violation; one that can't be told leaves the question open. */
function exitCode(inspection: Inspection | null): number {
  const needed = inspection?.promises.filter((promise) => promise.needed) ?? [];
  if (needed.some(({ kept }) => kept === false)) return EXIT.violated;
  return needed.some(({ kept }) => kept === null) ? EXIT.unknown : EXIT.good;
}
