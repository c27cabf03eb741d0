/** Replicates after which a comparison is looked at for the first time; the last one is the most that are made. */
export const gateLooks = [10, 14, 20] as const;

/** Replicates of the isolated instrument beside them. What only it can see is large, so that it need not see finely. */
export const ISOLATED = 10;

/** Fresh replicates after which a suspect is confirmed. Suspects are few, so that more can be spent on them. */
export const confirmationLooks = [10, 20, 30] as const;

/** Chance that the two instruments are thought to disagree where they do not; a disagreement is confirmed before it counts. */
export const disagreementError = 0.05;

/** What a replicate spends, in seconds: batches of both sides together, and the warm-up before them. */
export const duelSpending = { timing: 0.2, warmUp: [0.03, 0.3] } as const;
