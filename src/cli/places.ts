import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

const packageRoot = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");
const installed = packageRoot.includes(`${sep}node_modules${sep}`);

/** The benchmarks that come with the lab. */
export const benchmarksFolder = join(packageRoot, "benchmarks");

/** Where a reader's own runs go: beside the lab in its repository, below the working folder where the lab is an installed package. */
export const localReports = installed ? join(process.cwd(), "assay-report") : join(packageRoot, "reports", "local");

export const publishedReports = join(packageRoot, "reports", "published");

/** The tests of the lab; `new` adds to them. */
export const testsFolder = join(packageRoot, "tests");

/** The document that shows the gallery. */
export const readmeFile = join(packageRoot, "README.md");
