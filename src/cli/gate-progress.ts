import type { GateProgress } from "../gate/gate.ts";
import { oneLine, pointWords } from "../report/words.ts";

/** One live line on a terminal: what is compared, and how many comparisons are under suspicion. Elsewhere one plain line a subject. */
export function gateProgressLine(stream: NodeJS.WriteStream): { update(event: GateProgress): void; clear(): void } {
  const live = stream.isTTY === true;
  return {
    update({ phase, subject, index, of, suspects }) {
      const { experiment, variant, point } = subject;
      const at = pointWords(point);
      const what = `${experiment} ${variant}${at ? ` at ${at}` : ""}`;
      const text = oneLine(`[${index + 1}/${of}] ${phase}: ${what}${suspects > 0 ? `  ${suspects} under suspicion` : ""}`, 300);
      stream.write(live ? `\r\u001b[2K${text.slice(0, Math.max(20, (stream.columns ?? 100) - 1))}` : `${text}\n`);
    },
    clear() {
      if (live) stream.write("\r\u001b[2K");
    },
  };
}
