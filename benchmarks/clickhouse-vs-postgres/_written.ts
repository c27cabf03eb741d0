/** What writing costs below the statements: bytes on their way to the disk, bytes that stay there, trees that were touched. */
import { ServiceUnavailable, type Engine } from "#lab";

export interface Bytes {
  /** In the write-ahead log. */
  readonly wal: number;
  /** Handed to the system, log included: what the disk has to take. */
  readonly written: number;
  /** That the table and its indexes take now. */
  readonly disk: number;
}

/**
 * Adds up what an engine has written so far. Postgres and DuckDB write a checkpoint first, so that nothing is still to come; what
 * ClickHouse merges later is not in.
 */
export async function bytesOf(engine: Engine): Promise<Bytes> {
  const { table, indexes } = await engine.size("logs");
  const disk = table + indexes;
  if (engine.engine === "Postgres") {
    const { wal, written } = await trafficOf(engine);
    return { wal, written, disk };
  }
  const wal = await engine.wal();
  if (engine.engine === "ClickHouse") return { wal, disk, written: await filesWritten(engine) };
  // DuckDB adds blocks to its file and leaves those that are full alone.
  return { wal, disk, written: wal + disk };
}

const FIRST_THAT_COUNTS = 18;

/** What Postgres has exchanged with its files since it was started, by whichever of its processes. */
export interface Traffic {
  /** Pages of tables and indexes. */
  readonly pagesRead: number;
  readonly pagesWritten: number;
  /** Bytes of the write-ahead log. */
  readonly wal: number;
  /** Bytes of the log and of the pages written. */
  readonly written: number;
}

/**
 * Traffic up to the end of a checkpoint. On a server that the reader named it holds what others do there as well.
 * @throws {ServiceUnavailable} a server older than 18 does not count bytes.
 */
export async function trafficOf(server: Engine): Promise<Traffic> {
  needsVersion(server);
  const wal = await server.wal();
  // The checkpointer reports what it wrote only after it has told whoever waits for it, but before it begins another.
  await server.query("CHECKPOINT");
  await server.query("CHECKPOINT");
  await server.query("SELECT pg_stat_force_next_flush()");
  const [row] = await server.query(
    `SELECT sum(read_bytes)::bigint / 8192, sum(write_bytes)::bigint / 8192, sum(write_bytes)::bigint
       FROM pg_stat_io WHERE object = 'relation'`,
  );
  const [pagesRead, pagesWritten, written] = row as readonly number[];
  return { pagesRead: pagesRead!, pagesWritten: pagesWritten!, wal, written: wal + written! };
}

export function needsVersion({ version }: Engine): void {
  if (Number.parseInt(version) >= FIRST_THAT_COUNTS) return;
  throw new ServiceUnavailable(
    `it needs Postgres ${FIRST_THAT_COUNTS} or newer, which counts the bytes that it writes, and this is ${version}`,
  );
}

async function filesWritten(clickhouse: Engine): Promise<number> {
  const [row] = await clickhouse.query("SELECT value FROM system.events WHERE event = 'WriteBufferFromFileDescriptorWriteBytes'");
  return (row?.[0] ?? 0) as number;
}

/** What Postgres's log says that a piece of work changed. */
export interface Touched {
  /** B-trees that got an entry for every single row: a record of an insertion into a leaf, or of the split of one. */
  readonly trees: number;
  /** Pages of the table and of its indexes, each as often as it was changed. */
  readonly pages: number;
}

/** @param rows how many the work inserts into the log's table. */
export async function touchedBy(server: Engine, rows: number, work: () => Promise<void>): Promise<Touched> {
  await server.query("CREATE EXTENSION IF NOT EXISTS pg_walinspect");
  const begin = (await server.query("SELECT pg_current_wal_insert_lsn()::text"))[0]![0];
  await work();
  // Records of the resource manager XLOG are images of pages on which nothing was changed but a hint.
  const [row] = await server.query(
    `WITH changed AS (
       SELECT count(*) AS pages, count(*) FILTER (WHERE resource_manager = 'Btree' AND block_id = 0 AND
           (record_type IN ('INSERT_LEAF', 'INSERT_POST') OR record_type LIKE 'SPLIT%' AND description LIKE '%level: 0,%')) AS entries
         FROM pg_get_wal_block_info('${begin}', pg_current_wal_flush_lsn())
        WHERE resource_manager <> 'XLOG' AND relfilenode IN (
          SELECT pg_relation_filenode(oid) FROM pg_class
           WHERE oid = 'logs'::regclass OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = 'logs'::regclass))
        GROUP BY relfilenode)
     SELECT count(*) FILTER (WHERE entries = ${rows}), coalesce(sum(pages), 0)::bigint FROM changed`,
  );
  return { trees: row![0] as number, pages: row![1] as number };
}
