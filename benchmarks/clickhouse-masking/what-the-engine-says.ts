/**
 * Five things that the post says of ClickHouse, put to ClickHouse. No clock is involved: a fact needs one round.
 *
 * *RE2.* Its library's name is no secret, but what a function does with a pattern is better evidence: RE2 refuses back references,
 * look-around and repetitions beyond a thousand, each in words of its own, and it answers on a line that would cost a backtracking engine
 * 10¹² steps. The functions that look for several patterns at once (`multiMatchAny`) are asked too, and shown: they are Vectorscan's, refuse in
 * other words, and replace nothing, so no mask is made of them.
 *
 * *The planner.* A masking policy cannot be made here: the statement is refused as one for ClickHouse Cloud (`policies` is 0, and the
 * reading that needs one is not tried; on a server of Cloud, named by `CLICKHOUSE_URL`, it is). A view stands in, and its plan is read
 * from `EXPLAIN`.
 *
 * *Names.* `system.functions` lists every function there is; two of the names that the post uses, `regexpReplace` and
 * `multiRegexpReplace`, are looked up in it, beside `replaceRegexpAll`, which is there.
 *
 * *Stored data.* The hashes of all files of all parts, the finished mutations and a digest of the stored text, before and after a view was
 * made and everything was read through it. What the view shows must hold no address that the log is known to hold.
 *
 * How you could be fooled: by hashes that would not notice a change (one message is rewritten at the end, and then they must differ); by a
 * mask that hides nothing and so changes nothing (`shown` counts what it lets through); and by an engine that folds a constant while it
 * plans (the hostile line is made a column). That a view leaves the data alone also means that they are all still there, for whoever may
 * read the table.
 */
import { beside, clickhouse, count, createLogTable, exact, GiB, logLines, scenario, ServiceFailed, value, type ClickHouse } from "#lab";
import { chained, literal } from "./_expressions.ts";
import { functionsCalled, refusal, replacementsIn, storedIn } from "./_facts.ts";
import { ipv4, mail } from "./_patterns.ts";
import { exposed } from "./_truth.ts";
import article from "./article.ts";

const ROWS = 5_000;
const HOSTILE = 1_000_000;
/** Seconds. RE2 takes milliseconds; what is quadratic would take half an hour. */
const PATIENCE = 20;

/** What RE2 cannot do, and the words in which its sources say so. */
const beyondRe2 = [
  { source: String.raw`(a)\1`, says: "invalid escape sequence" },
  { source: "a(?=b)", says: "invalid perl operator" },
  { source: "(?<=a)b", says: "invalid perl operator" },
  { source: "a{1,1001}", says: "invalid repetition size" },
] as const;

/** How functions that take patterns are called. */
const callsOf = {
  one: (source: string) => [
    `replaceRegexpAll('ab', ${source}, 'x')`,
    `replaceRegexpOne('ab', ${source}, 'x')`,
    `match('ab', ${source})`,
    `extract('ab', ${source})`,
    `countMatches('ab', ${source})`,
  ],
  several: (source: string) => [`multiMatchAny('ab', [${source}])`, `multiMatchAllIndices('ab', [${source}])`],
} as const;

/** How many patterns that RE2 cannot run are refused in its words by every function of a kind. */
async function inWordsOfRe2(engine: ClickHouse, calls: (source: string) => readonly string[]): Promise<number> {
  let refused = 0;
  for (const { source, says } of beyondRe2) {
    const said: string[] = [];
    for (const call of calls(literal("ClickHouse", source))) said.push(await refusal(engine, `SELECT ${call}`));
    if (said.every((it) => it.includes(says))) refused++;
  }
  return refused;
}

async function hostileAnswered(engine: ClickHouse): Promise<0 | 1> {
  const hostile = `materialize('@.' || repeat('a', ${HOSTILE}))`;
  const sql = `SELECT length(${chained("ClickHouse", hostile, [mail])}) SETTINGS max_execution_time = ${PATIENCE}`;
  const said = await refusal(engine, sql);
  if (said !== "" && !said.includes("took longer than")) throw new ServiceFailed(said);
  return said === "" ? 1 : 0;
}

const masked = chained("ClickHouse", "message", [mail, ipv4]);

/** The policy that the post describes, in the grammar of the manual; only ClickHouse Cloud makes one. */
const POLICY = `CREATE MASKING POLICY assay_mask ON logs UPDATE message = ${masked} TO ALL`;

/** Whether it makes masking policies. What is refused for any other reason says nothing, and fails. */
async function makesPolicies(engine: ClickHouse): Promise<0 | 1> {
  const said = await refusal(engine, POLICY);
  if (said !== "" && !said.includes("only in ClickHouse Cloud")) throw new ServiceFailed(said);
  return said === "" ? 1 : 0;
}

async function told(engine: ClickHouse) {
  const before = await storedIn(engine, "logs");
  await engine.query(`CREATE VIEW readable AS SELECT * EXCEPT message, ${masked} AS message FROM logs`);
  const seen = (await engine.query("SELECT id, message FROM readable")) as readonly [number, string][];
  const readings = {
    refused: await inWordsOfRe2(engine, callsOf.one),
    refusedTogether: await inWordsOfRe2(engine, callsOf.several),
    hostile: await hostileAnswered(engine),
    plan: await replacementsIn(engine, "SELECT message FROM readable"),
    replaceRegexpAll: await functionsCalled(engine, "replaceRegexpAll"),
    regexpReplace: await functionsCalled(engine, "regexpReplace"),
    multiRegexpReplace: await functionsCalled(engine, "multiRegexpReplace"),
    shown: exposed(seen, ROWS),
    changed: (await storedIn(engine, "logs")) === before ? 0 : 1,
  };
  await engine.query("ALTER TABLE logs UPDATE message = 'rewritten' WHERE id = 1 SETTINGS mutations_sync = 2");
  const noticed = (await storedIn(engine, "logs")) === before ? 0 : 1;
  const policies = await makesPolicies(engine);
  const planOfPolicy = policies === 1 ? await replacementsIn(engine, "SELECT message FROM logs") : 0;
  if (policies === 1) await engine.query("DROP MASKING POLICY assay_mask ON logs");
  return { ...readings, noticed, policies, planOfPolicy };
}

const BEYOND = beyondRe2.length;

export default scenario(article, {
  question: "What does ClickHouse itself say of its regular expressions, its plans and its parts?",
  timeout: 60,
  memory: 6 * GiB,
  metrics: {
    refused: exact(count("higher", `of ${BEYOND} patterns that RE2 cannot run, those refused in its words`)),
    refusedTogether: exact(count("higher", "the same where several patterns are looked for at once")),
    hostile: exact(count("higher", "whether a hostile line of 1,000,000 characters is answered")),
    plan: exact(count("higher", "replacements in the plan of a masked view")),
    policies: exact(count("higher", "whether it makes masking policies")),
    planOfPolicy: exact(count("higher", "replacements in the plan under a policy")),
    replaceRegexpAll: exact(count("higher", "functions called replaceRegexpAll")),
    regexpReplace: exact(count("higher", "functions called regexpReplace")),
    multiRegexpReplace: exact(count("higher", "functions called multiRegexpReplace")),
    shown: exact(count("lower", "masked messages with an address in sight")),
    changed: exact(count("lower", "whether reading through the mask changed what is stored")),
    noticed: exact(count("higher", "whether rewriting one message was noticed")),
  },
  chart: beside("refused", "refusedTogether", "hostile", "plan", "policies", "replaceRegexpAll", "regexpReplace", "multiRegexpReplace"),
  setup: async () => {
    const engine = await clickhouse();
    await createLogTable(engine);
    await engine.load("logs", (await logLines(ROWS)).path);
    await engine.settle("logs");
    return engine;
  },
  variants: { ClickHouse: told },
  claims: {
    "ch-mask-05": [
      {
        says: `the functions that replace and match refuse what RE2 cannot do, in RE2's words: ${BEYOND} of ${BEYOND} such patterns`,
        holds: value("ClickHouse", "refused").between(BEYOND, BEYOND),
      },
      {
        says: "a line of a million characters, 10¹² steps for an engine that backtracks, is masked in time",
        holds: value("ClickHouse", "hostile").between(1, 1),
      },
    ],
    "ch-mask-06": [
      {
        says: "under a masking policy the plan of a plain SELECT holds a replacement by regular expression",
        holds: value("ClickHouse", "planOfPolicy").atLeast(1),
        given: { says: "this engine makes masking policies", holds: value("ClickHouse", "policies").between(1, 1) },
      },
      {
        says: "the plan of a masked view holds one replacement for each of the two patterns",
        holds: value("ClickHouse", "plan").between(2, 2),
        model: true,
      },
      {
        says: "the function is called as the post calls it: there is a regexpReplace",
        holds: value("ClickHouse", "regexpReplace").atLeast(1),
      },
    ],
    "ch-mask-07": [
      {
        says: "once everything was read through a masked view, hashes of parts, mutations and text are what they were",
        holds: value("ClickHouse", "changed").between(0, 0),
        given: { says: "the hashes notice a single rewritten message", holds: value("ClickHouse", "noticed").between(1, 1) },
        model: true,
      },
      {
        says: "what the masked view shows holds none of the addresses that the log is known to hold",
        holds: value("ClickHouse", "shown").between(0, 0),
        model: true,
      },
    ],
    "ch-mask-08": [
      {
        says: "ClickHouse has the function for it: there is a multiRegexpReplace",
        holds: value("ClickHouse", "multiRegexpReplace").atLeast(1),
      },
    ],
  },
});
