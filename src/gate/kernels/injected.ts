import { article } from "../../model/article.ts";

/** A slowdown that shows alone and hides beside the version it is compared with, because they share what it spoils. */
export const hidden = ["element-kind", "retained-heap", "dependency"] as const;
export type Hidden = (typeof hidden)[number];

/** What a kernel's address asks for: `loop.ts?more=5` does 5 % more work, `objects.ts?hidden=retained-heap` spoils the heap. */
export interface Injected {
  /** Rounds of work for so many rounds in the unchanged version. */
  rounds(unchanged: number): number;
  readonly hidden: Hidden | undefined;
}

/**
 * @param url `import.meta.url` of the kernel: with other parameters it is another module, with functions and feedback of its own.
 */
export function injectedBy(url: string): Injected {
  const { searchParams } = new URL(url);
  const more = Number(searchParams.get("more") ?? 0) / 100;
  return {
    // A small integer as it is in the unchanged version: as a double it would give the changed one objects of other shapes, and other code.
    rounds: (unchanged) => Math.round(unchanged * (1 + more)) | 0,
    hidden: hidden.find((it) => it === searchParams.get("hidden")),
  };
}

/** The kernels answer no post: they show what the gate's word is worth. */
export const certificate = article({ title: "Certificate", slug: "certificate", published: "2026-11", claims: {} });
