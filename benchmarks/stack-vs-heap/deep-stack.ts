/**
 * How deep a function calls itself, and what a frame costs. *Warm* goes down a stack that the same thread has used before. *Cold* does
 * so for the first time: the system hands out a stack page by page as it is touched, and each page costs a fault. *Explicit stack* is
 * the same work as a loop over an array on the heap, which has been used before.
 *
 * What to expect: some ns for a frame on a warm stack; several times as much on average where every few dozen frames touch a new page;
 * and the loop below both, because it makes no call. Up to the depth that the runtime itself reached while it started, cold is not
 * cold.
 *
 * A goroutine's stack begins small and is copied to one of twice the size when it is full; a thread's stack, which V8 uses, is only
 * touched for the first time. Both are paid once, by whoever goes deep first; the price of a copy does not carry over.
 *
 * How you could be fooled: by the interpreter's frames, which are larger and slower (the function has been compiled in shallow calls
 * before any deep one); by a recursion that the compiler turns into a loop (V8 has no tail calls, and each frame keeps a number that
 * is needed after the return); and by a second look at a cold stack: there is only one in the life of a process, so a trial, which is
 * one, takes one reading.
 */
import { ratio, scenario, seconds, timed } from "#lab";
import article from "./article.ts";

/** Shallow calls until V8 has long compiled what they call. */
const WARMING = 4_000;
const SHALLOW = 20;
/** Deep calls on a warm stack; their median counts. */
const LOOKS = 9;

/** What each frame has to do before it calls and after it returns. */
const stir = (word: number): number => Math.imul(word ^ (word >>> 15), 0x2c1b3c6d);

function recursive(depth: number, word: number): number {
  if (depth === 0) return word;
  const mine = stir(word);
  return (recursive(depth - 1, mine) + mine) | 0;
}

const frames = new Int32Array(8_192);

function explicit(depth: number, word: number): number {
  for (let frame = 0; frame < depth; frame++) {
    word = stir(word);
    frames[frame] = word;
  }
  for (let frame = depth - 1; frame >= 0; frame--) word = (word + frames[frame]!) | 0;
  return word;
}

type Descent = (depth: number, word: number) => number;

const once = (descend: Descent, depth: number) => timed(async () => descend(depth, depth));

/** Compiles the descent and the stopwatch where they touch no more of the stack than a server's own calls would. */
async function compiled(descend: Descent): Promise<void> {
  for (let call = 0; call < WARMING; call++) descend(SHALLOW, call);
  for (let call = 0; call < LOOKS; call++) await once(descend, SHALLOW);
}

async function warm(descend: Descent, depth: number) {
  await compiled(descend);
  const expected = descend(depth, depth);
  const looks: number[] = [];
  for (let look = 0; look < LOOKS; look++) {
    const { seconds, result } = await once(descend, depth);
    if (result !== expected) throw new Error(`a descent returned ${result} instead of ${expected}`);
    looks.push(seconds / depth);
  }
  return { frame: looks };
}

async function cold(depth: number) {
  await compiled(recursive);
  const { seconds, result } = await once(recursive, depth);
  if (result !== explicit(depth, depth)) throw new Error("the recursion and the loop disagree");
  return { frame: seconds / depth };
}

export default scenario(article, {
  question: "What does a frame of a deep recursion cost, the first time and later?",
  sweep: { depth: [500, 1_000, 2_000, 4_000, 8_000] },
  quick: { depth: [8_000] },
  metrics: { frame: seconds("lower", "time for each frame") },
  setup: ({ depth }) => depth,
  variants: {
    "warm stack": (depth) => warm(recursive, depth),
    "cold stack": cold,
    "explicit stack": (depth) => warm(explicit, depth),
  },
  claims: {
    "mem-mech-08": [
      {
        says: "a stack is quick because it is a stack: 8,000 frames on one that was never touched cost at most 1.5 times as much as on a warm one",
        holds: ratio("cold stack", "warm stack", "frame").atMost(1.5),
        at: { depth: 8_000 },
      },
    ],
  },
});
