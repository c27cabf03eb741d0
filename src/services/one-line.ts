/** A message is cut here; a statement with many columns fills pages. */
const LONGEST = 300;

/** Paths cut down to their last part, because a message may end up in a record. */
export const withoutPaths = (text: string): string => text.replaceAll(/(?:[A-Za-z]:)?(?:[\\/][\w.@+-]+)+[\\/]([\w.@+-]+)/g, "$1");

/** What an engine said, as one line that a record can hold: the first one, without paths, not too long. */
export const oneLine = (text: string): string => withoutPaths(text.split("\n")[0]!).slice(0, LONGEST);
