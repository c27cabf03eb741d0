/** Longest time that connecting may take. */
export const CONNECT_TIMEOUT = 2000; // ms
