// Who may import whom: the arrows of ARCHITECTURE.md as data. `npm run arrows` holds the tree to them, and
// test/arrows.test.ts shows that each rule bites. Type-only imports count: they are knowledge too.

/** Folder of src/ -> the other folders of src/ it may import. All of them may import model/ and properties/. */
const arrows = {
  cli: ["run", "trace", "perf", "report", "config"],
  trace: ["run"],
  perf: ["run"],
  report: ["run"],
  run: ["manifest", "targets", "sim", "faults", "store"],
  targets: ["manifest", "store"],
  manifest: ["store"],
  faults: ["store"],
  sim: ["store"],
  config: [],
  store: [],
};

/** Third-party package -> the only places that may import it (tests apart). One place is best. */
const thirdParty = {
  "@aws-sdk/client-s3": ["^src/store/sdk[^/]*\\.ts$"],
  "@aws-sdk/credential-provider-node": ["^src/config/credentials\\.ts$"],
  "@aws-crypto/crc32c": ["^src/store/http/checksums\\.ts$"],
  "@aws-crypto/sha256-js": ["^src/store/http/signature\\.ts$"],
  "@smithy/signature-v4": ["^src/store/http/signature\\.ts$"],
  "fast-xml-parser": ["^src/store/http/xml-body\\.ts$"],
  commander: ["^src/cli/"],
  ini: ["^src/config/aws-file\\.ts$"],
  "fast-check": ["^src/run/generate[^/]*\\.ts$", "^src/trace/"],
  tinypool: ["^src/run/pool\\.ts$"],
  zod: ["^src/(config|targets|trace)/"], // where foreign JSON is read
  "csv-stringify": ["^src/perf/csv\\.ts$"],
  seedrandom: ["^src/store/random\\.ts$"],
};

const ours = "^(src|model|properties)/";
const unitTest = "\\.test\\.ts$";
const installed = ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-bundled", "npm-no-pkg", "npm-unknown"];
const packagePath = (name) => `(^|/)node_modules/(@types/)?${name}/`;
const error = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const folderRules = [
  error("model-is-pure", "model/ imports nothing of ours", { path: "^model/" }, { path: "^(src|properties)/" }),
  error(
    "properties-see-the-model",
    "a property imports model/ only; the suites beside it, which run it, may import more",
    { path: "^properties/", pathNot: unitTest },
    { path: "^src/" },
  ),
  error(
    "theory-needs-no-machine",
    "model/ and properties/ are pure: no files, no clocks, no processes",
    { path: "^(model|properties)/", pathNot: unitTest },
    { dependencyTypes: ["core"] },
  ),
  error(
    "api-without-cli",
    "src/index.ts is the public API: anything in src/ but the command line",
    { path: "^src/index\\.ts$" },
    { path: "^src/cli/" },
  ),
  error(
    "known-folders",
    "a new folder of src/ (or a file at its top) needs a line in the table of arrows",
    { path: "^src/", pathNot: [`^src/(${Object.keys(arrows).join("|")})/`, "^src/index(\\.test)?\\.ts$"] },
    {},
  ),
  error("no-test-code", "only tests import tests", { path: ours, pathNot: unitTest }, { path: ["^test/", unitTest] }),
];

const arrowRules = Object.entries(arrows).map(([folder, others]) =>
  error(
    `arrows-${folder}`,
    `src/${folder}/ may import, inside src/: ${others.join(", ") || "nothing else"}`,
    { path: `^src/${folder}/` },
    { path: "^src/", pathNot: `^src/(${[folder, ...others].join("|")})/` },
  ),
);

const packageRules = Object.entries(thirdParty).map(([name, places]) =>
  error(
    `only-here-${name}`,
    `${name} is imported in ${places.join(", ")} alone`,
    { path: ours, pathNot: [...places, unitTest] },
    { path: packagePath(name) },
  ),
);

const shapeRules = [
  error(
    "unlisted-package",
    "a third-party package needs a line in the table",
    { path: ours, pathNot: unitTest },
    { dependencyTypes: installed, pathNot: Object.keys(thirdParty).map(packagePath) },
  ),
  error("no-circles", "imports run one way", { path: `${ours}|^test/` }, { circular: true }),
  error(
    "no-orphans",
    "nobody imports this file, and it imports nothing",
    { path: ours, orphan: true, pathNot: ["^src/index\\.ts$", "^src/cli/main\\.ts$", unitTest] },
    {},
  ),
];

module.exports = {
  forbidden: [...folderRules, ...arrowRules, ...packageRules, ...shapeRules],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "import", "node", "default"] },
  },
};
