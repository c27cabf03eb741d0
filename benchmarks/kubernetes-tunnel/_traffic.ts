/** The kinds of traffic that kubectl makes, and whether each of them gets through. */
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { digest, PROMPT, VERSION } from "./_api-server.ts";
import { ask, follow, upgraded, type Asked } from "./_kubectl.ts";

/** More than SSH lets be under way in a channel, which is 2 MiB, and no multiple of anything on the way. */
const BODY = 3_000_017;
const LINES = ["a line", "a line that is written when the one before has arrived", "the last one"];
const COMMANDS = ["ls", "a longer command", "exit"];
/** Connections of a port-forward at once, and bytes that go each way on each of them. */
const FORWARDED = 4;
const BYTES = 100_003;

const noise = (bytes: number): Buffer => Buffer.alloc(bytes, "kubectl does not mind what it carries, ");

/** Each returns whether what came is what should. */
export const kinds = {
  "an answer": async (asked) => (await ask(asked, "/version")).equals(Buffer.from(VERSION)),
  "a large body": async (asked) => String(await ask(asked, "/apply", noise(BODY))) === digest(noise(BODY)),
  "a log that is followed": followed,
  "a shell": typed,
  "forwarded connections": async (asked) => {
    const echoed = await Promise.all(Array.from({ length: FORWARDED }, (_, index) => echo(asked, noise(BYTES + index))));
    return echoed.every(Boolean);
  },
} satisfies { readonly [kind: string]: (asked: Asked) => Promise<boolean> };

/** Seconds after which what has not come will not come. */
const PATIENCE = 5;

/** How many kinds do not get through: they break, or their bytes are held back on the way. */
export async function blocked(asked: Asked, patience = PATIENCE): Promise<number> {
  const over = new AbortController();
  const late = setTimeout(patience * 1e3, false, { signal: over.signal }).catch(() => false);
  const tried = Object.values(kinds).map((kind) => Promise.race([kind(asked).catch(() => false), late]));
  try {
    return (await Promise.all(tried)).filter((passed) => !passed).length;
  } finally {
    over.abort();
  }
}

/** Each line is written when the one before was read: what is held back on the way would never come. */
async function followed(asked: Asked): Promise<boolean> {
  const answer = await follow(asked, "/log");
  const lines = createInterface({ input: answer })[Symbol.asyncIterator]();
  try {
    for (const line of LINES) {
      await ask(asked, "/line", line);
      if ((await lines.next()).value !== line) return false;
    }
    return true;
  } finally {
    answer.destroy();
  }
}

/** The server speaks first, and each command waits for the answer to the one before. */
async function typed(asked: Asked): Promise<boolean> {
  const shell = await upgraded(asked, "exec");
  const expected = [PROMPT, ...COMMANDS.map((command) => `${command.toUpperCase()}\n${PROMPT}`)];
  try {
    let shown = "";
    let answered = 0;
    for await (const bytes of shell as AsyncIterable<Buffer>) {
      shown += String(bytes);
      if (shown !== expected[answered]) continue;
      if (answered === COMMANDS.length) return true;
      shell.write(`${COMMANDS[answered++]}\n`);
      shown = "";
    }
    return false;
  } finally {
    shell.destroy();
  }
}

/** Bytes go out while they come back. */
async function echo(asked: Asked, sent: Buffer): Promise<boolean> {
  const connection = await upgraded(asked, "echo");
  try {
    const chunks: Buffer[] = [];
    let left = sent.length;
    connection.write(sent);
    for await (const chunk of connection as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      left -= chunk.length;
      if (left <= 0) break;
    }
    return Buffer.concat(chunks).equals(sent);
  } finally {
    connection.destroy();
  }
}
