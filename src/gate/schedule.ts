/** Replicates after which a comparison is looked at; the last one is the most that are made. */
export const gateLooks = [10, 14, 20] as const;

/** Chance that the two instruments are thought to disagree where they do not; a disagreement is confirmed before it counts. */
export const disagreementError = 0.01;
