/**
 * Is there one way to write times down that is right for Postgres, for document stores and for phones? Four are tried, each in a real
 * Postgres, in SQLite and in JSON: *epoch milliseconds*, *UTC text* with nine decimals, Postgres's *timestamptz* (elsewhere: what it
 * prints), and *local time and zone*, which says what the clock on the wall showed, how far from UTC that was, and where.
 *
 * Two kinds of time are written. What *happened*: half an hour before and a quarter of an hour after every change of every clock from 2000
 * to 2037 in the runtime's zone data, some 23,000 instants, half of which bear a name that comes twice. And what is *planned*: appointments
 * at nine in the morning in twelve zones whose rules were changed at short notice, written down while the old ones held (the offset is that
 * of the same day a year earlier) and read back under the new ones. Mexico ended its summer time in 2022, Egypt brought it back in 2023;
 * who had an appointment at nine still means nine.
 *
 * What to expect: for what happened every way is right, to the millisecond. A plan kept as an instant is an hour off once the rules have
 * changed, and no way in UTC can know: what was meant was not written down. Local time with its zone keeps the plan, and with its offset
 * the past as well; what it loses is the order, because text that begins with local time sorts by local time. Of a nanosecond only text
 * keeps all, which matters to Go, whose clock has them, more than to a Date.
 *
 * That *one* way is right for all needs one witness, and local time with its zone is the only one of the four that can be it, for the rest
 * lose plans. So the claim is read on that way alone, twice: whether everything comes back as it was meant, and whether the stores sort it
 * by time, so that a range of it can be read from an index. What the other ways get wrong is shown and ruled on nowhere.
 *
 * How you could be fooled: by instants far from any change (then every way is right: these are all beside one); by text that loses the
 * zeros at its end, as RFC3339Nano does (it then sorts wrongly; ours has a fixed length, so the UTC ways are shown at their best); by rules
 * that nobody changed in fact (a decree that the zone data do not know is left out, and `plans` counts the rest); by reading local time
 * with Temporal's default, which throws where offset and zone disagree (here the zone wins where they do); and by one store that is lenient
 * (every share is that of the worst of the three).
 */
import { beside, bytes, count, exact, fraction, scenario, ServiceUnavailable, value } from "#lab";
import { conventions, type Convention, type ConventionName } from "./_conventions.ts";
import { stores, type Kept, type StoreName } from "./_stores.ts";
import { around, decrees, editionOf, plannedUnder, transitions, withNanoseconds, type Moment } from "./_zones.ts";
import article from "./article.ts";

interface Times {
  readonly happened: readonly Moment[];
  readonly exactly: readonly Moment[];
  readonly planned: readonly Moment[];
}

/** Of so many instants two are looked at to the nanosecond: one before a change and one after it. */
const EVERY = 32;

let made: Times | undefined;

/** The same for every way of a process, and made once. */
const times = (): Times => (made ??= makeTimes());

/** @throws {ServiceUnavailable} the zone data know of none of the decrees. */
function makeTimes(): Times {
  const happened = [...around(transitions())];
  const planned = decrees.flatMap(plannedUnder);
  if (planned.length === 0) throw new ServiceUnavailable("it needs zone data of 2015 or later, and those of this runtime are older");
  return { happened, exactly: [...withNanoseconds(happened.filter((_, index) => index % EVERY < 2))], planned };
}

type IsRight = (back: Temporal.ZonedDateTime, moment: Moment) => boolean;

const sameMillisecond: IsRight = (back, { instant }) => back.epochMilliseconds === instant.epochMilliseconds;
const sameNanosecond: IsRight = (back, { instant }) => back.epochNanoseconds === instant.epochNanoseconds;
const sameOnTheWall: IsRight = (back, { local }) => back.toPlainDateTime().equals(local);

function wrong({ back }: Kept, moments: readonly Moment[], { read }: Convention, isRight: IsRight): number {
  return moments.filter((moment, index) => !isRight(read(back[index]!, moment.zone), moment)).length / moments.length;
}

/** Share of the times that the store puts behind one that is later. */
function misordered({ sorted }: Kept, moments: readonly Moment[]): number {
  const inOrder = sorted.map((index) => moments[index]!.instant.epochNanoseconds);
  return inOrder.filter((it, index) => index > 0 && it < inOrder[index - 1]!).length / moments.length;
}

async function keptAs(name: ConventionName, { happened, exactly, planned }: Times) {
  const convention = conventions[name];
  const kept = async (store: StoreName, moments: readonly Moment[]): Promise<Kept> =>
    stores[store](moments.map(convention.write), convention);
  const shares = { happened: 0, planned: 0, nanoseconds: 0, misordered: 0 };
  const sizes = { Postgres: 0, SQLite: 0, JSON: 0 };
  for (const store of Object.keys(sizes) as StoreName[]) {
    const [past, fine, future] = [await kept(store, happened), await kept(store, exactly), await kept(store, planned)];
    shares.happened = Math.max(shares.happened, wrong(past, happened, convention, sameMillisecond));
    shares.nanoseconds = Math.max(shares.nanoseconds, wrong(fine, exactly, convention, sameNanosecond));
    shares.planned = Math.max(shares.planned, wrong(future, planned, convention, sameOnTheWall));
    shares.misordered = Math.max(shares.misordered, misordered(past, happened));
    sizes[store] = fine.bytes;
  }
  return {
    ...shares,
    right: Number(shares.happened + shares.planned === 0),
    postgres: sizes.Postgres,
    sqlite: sizes.SQLite,
    json: sizes.JSON,
    times: happened.length,
    plans: planned.length,
    zoneData: editionOf(),
  };
}

export default scenario(article, {
  question: "Which way of storing times gets which of them wrong?",
  // Facts of text and numbers, the same in whichever process.
  together: true,
  timeout: 120,
  metrics: {
    happened: exact(fraction("lower", "wrong: instants that have happened")),
    planned: exact(fraction("lower", "wrong: plans, after the rules have changed")),
    nanoseconds: exact(fraction("lower", "wrong: nanoseconds")),
    misordered: exact(fraction("lower", "wrong: order of time")),
    right: exact(count("higher", "whether all comes back as it was meant, to the millisecond")),
    postgres: exact(bytes("lower", "bytes of a time in Postgres")),
    sqlite: exact(bytes("lower", "bytes of a time in SQLite")),
    json: exact(bytes("lower", "bytes of a time in JSON")),
    times: exact(count("higher", "instants that were tried")),
    plans: exact(count("higher", "plans that were tried")),
    zoneData: exact(count("higher", "edition of the zone data (2026.03 is 2026c)")),
  },
  chart: beside("happened", "planned", "misordered", "nanoseconds"),
  setup: times,
  variants: {
    "epoch milliseconds": (it) => keptAs("epoch milliseconds", it),
    "UTC text": (it) => keptAs("UTC text", it),
    timestamptz: (it) => keptAs("timestamptz", it),
    "local time and zone": (it) => keptAs("local time and zone", it),
  },
  claims: {
    "go-time-01": [
      {
        says: "one way is right in all three stores: local time with zone brings back what happened and what is planned as it was meant",
        holds: value("local time and zone", "right").between(1, 1),
      },
      {
        says: "and each of the stores sorts it by time, so that a range of it can be read from an index",
        holds: value("local time and zone", "misordered").between(0, 0),
      },
    ],
  },
});
