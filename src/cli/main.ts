import { readFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { defaultMargin } from "../model/gate.ts";
import type { CertifyFlags } from "./certify.ts";
import type { EmbedFlags } from "./embed.ts";
import { exitCodes, UserError } from "./exit.ts";
import type { GateFlags } from "./gate.ts";
import type { ListFlags } from "./list.ts";
import type { NewFlags } from "./new.ts";
import { parseAt, parseDuration, parseEffort, parseMargin, parsePrice, parseSeed } from "./options.ts";
import { benchmarksFolder, localReports, publishedReports, readmeFile, testsFolder } from "./places.ts";
import type { PublishFlags } from "./publish.ts";
import type { ReportFlags } from "./report.ts";
import type { RunFlags } from "./run.ts";
import type { WeaveFlags } from "./weave.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };

const program = new Command("assay")
  .description("Runs the experiments of a technical journal's posts on this machine and rules on every claim with an interval.")
  .version(version)
  .configureOutput({ outputError: (message, write) => write(message.replace(/^error: /, "assay: ").replace(/\n+(?=.)/g, " ")) })
  .exitOverride();

const benchmarks = (): Option => new Option("--benchmarks <folder>", "folder of the posts").default(benchmarksFolder, "this lab's own");

/** What `assay` and `assay run` share. */
function measuring(command: Command): Command {
  return command
    .argument("[pattern...]", "a post (folder, slug or address) or an experiment, whole or in part")
    .option("--effort <effort>", "smoke, quick or full", parseEffort, "quick")
    .option("--budget <time>", "time for everything together, such as 90s or 5m", parseDuration)
    .option("--seed <number>", "seed of the order of trials and of random inputs", parseSeed, 1)
    .option("--at <parameter=value>", "only these points of the sweep, such as bytes=1MiB; may be repeated", parseAt)
    .option("--resume", "go on where a run was interrupted")
    .option("--out <folder>", "where records and page go", localReports)
    .option("--all", "print every claim, not only those that were not reproduced")
    .option("--json", "print one JSON document to stdout; progress goes to stderr")
    .addOption(benchmarks());
}

let exitCode: number = exitCodes.well;

measuring(program.command("page", { isDefault: true, hidden: true }))
  .description("run and then write the page")
  .action(async (patterns: string[], flags: RunFlags) => {
    const { runCommand } = await import("./run.ts");
    exitCode = await runCommand(patterns, flags, true);
  });

measuring(program.command("run"))
  .description("run experiments and rule on their claims")
  .action(async (patterns: string[], flags: RunFlags) => {
    const { runCommand } = await import("./run.ts");
    exitCode = await runCommand(patterns, flags, false);
  });

program
  .command("list")
  .description("posts, experiments, claims, and what each needs")
  .argument("[pattern...]", "a post or an experiment")
  .option("--json", "print one JSON document")
  .addOption(benchmarks())
  .action(async (patterns: string[], flags: ListFlags) => {
    const { listCommand } = await import("./list.ts");
    exitCode = await listCommand(patterns, flags);
  });

program
  .command("report")
  .description("draw page, charts and tables from records, without measuring")
  .option("--from <folder...>", "folders that hold records", [localReports])
  .option("--out <folder>", "where the page goes", localReports)
  .option("--price-per-gb <dollars>", "what memory costs you; what is held in memory is shown as money", parsePrice)
  .addOption(benchmarks())
  .action(async (flags: ReportFlags) => {
    const { reportCommand } = await import("./report.ts");
    exitCode = await reportCommand(flags);
  });

program
  .command("gate")
  .description("whether anything became slower between two versions")
  .argument("[pattern...]", "a post or an experiment")
  .requiredOption("--base <ref>", "the version to compare with: a branch, a tag or a hash")
  .option("--head <ref>", "the version that is judged; the work tree unless given")
  .option("--margin <share>", "a slowdown that nobody minds, such as 1% or 0.01", parseMargin, defaultMargin.time)
  .option("--bytes-margin <share>", "a growth of allocation that nobody minds", parseMargin, defaultMargin.bytes)
  .option("--budget <time>", "time for everything together, such as 90s or 5m", parseDuration, 300)
  .option("--seed <number>", "seed of the order of comparisons and of random inputs", parseSeed, 1)
  .option("--strict", "exit with 3 where something stays undecided")
  .option("--markdown <file>", "also write a summary for a pull request, with charts beside it")
  .option("--all", "print every comparison, not only those that are not the same")
  .option("--json", "print one JSON document to stdout; progress goes to stderr")
  .addOption(benchmarks())
  .action(async (patterns: string[], flags: GateFlags) => {
    const { gateCommand } = await import("./gate.ts");
    exitCode = await gateCommand(patterns, flags);
  });

program
  .command("certify")
  .description("what the gate's word is worth on this host: identical code and slowdowns put in on purpose")
  .option("--burn", "with one core kept busy by another process")
  .option("--budget <time>", "time for it", parseDuration, 1200)
  .option("--seed <number>", "seed of the order of processes", parseSeed, 1)
  .option("--out <folder>", "where the certificate goes", localReports)
  .option("--json", "print one JSON document")
  .action(async (flags: CertifyFlags) => {
    const { certifyCommand } = await import("./certify.ts");
    exitCode = await certifyCommand(flags);
  });

program
  .command("weave")
  .description("fill and verify the numbers of a post from the records")
  .argument("<post...>", "posts, such as post.md")
  .option("--check", "change nothing; exit with 1 where a number is stale")
  .option("--from <folder...>", "folders that hold records; the published ones, then this host's own")
  .addOption(benchmarks())
  .action(async (files: string[], flags: WeaveFlags) => {
    const { weaveCommand } = await import("./weave.ts");
    exitCode = await weaveCommand(files, flags);
  });

program
  .command("embed")
  .description("print the HTML by which a post shows an experiment's chart")
  .argument("<experiment>", "such as l1-love-letter/field-order")
  .option("--base-url <address>", "where the report will stand: http, https or relative")
  .option("--from <folder...>", "folders that hold records; the published ones, then this host's own")
  .addOption(benchmarks())
  .action(async (experiment: string, flags: EmbedFlags) => {
    const { embedCommand } = await import("./embed.ts");
    exitCode = await embedCommand(experiment, flags);
  });

program
  .command("publish")
  .description("move this host's records to the published ones, and redraw the gallery")
  .option("--from <folder>", "folder of the records", localReports)
  .option("--out <folder>", "folder of the published ones", publishedReports)
  .option("--host <id>", "whose records; this host's unless given")
  .option("--label <name>", "what this host is to be called, such as: reference host: shared 2-core virtual machine")
  .addOption(new Option("--readme <file>", "the document that shows the gallery").default(readmeFile, "this lab's own"))
  .addOption(benchmarks())
  .action(async (flags: PublishFlags) => {
    const { publishCommand } = await import("./publish.ts");
    exitCode = await publishCommand(flags);
  });

program
  .command("new")
  .description("write an experiment that runs, and its test")
  .argument("<article/experiment>", "where it belongs, such as cpu-caches/prefetch-distance")
  .addOption(new Option("--tests <folder>", "folder of the tests").default(testsFolder, "this lab's own"))
  .addOption(benchmarks())
  .action(async (id: string, flags: NewFlags) => {
    const { newCommand } = await import("./new.ts");
    exitCode = await newCommand(id, flags);
  });

program
  .command("doctor")
  .description("what makes this host noisy, worst first, and the remedy")
  .option("--json", "print one JSON document")
  .action(async (flags: { json?: boolean }) => {
    const { doctorCommand } = await import("./doctor.ts");
    exitCode = await doctorCommand(flags);
  });

program.addHelpText(
  "after",
  `
Without a command: run, then write the page.

Exit codes: 0 all well; 1 a regression, or a stale number under weave --check; 2 wrong use; 3 undecided under --strict; 4 an experiment failed (the others still ran and were saved); 130 interrupted.`,
);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? exitCodes.well : exitCodes.wrongUse;
  else if (error instanceof UserError || (error as Error).name === "UnknownPattern") {
    console.error(`assay: ${(error as Error).message}`);
    exitCode = error instanceof UserError ? error.code : exitCodes.wrongUse;
  } else throw error;
}
process.exitCode = exitCode;
