import { useThisLab } from "./side.ts";

/** The process of a trial, whose benchmark may lie in another version's work tree and uses this lab all the same. */
useThisLab();
await import("../measure/trial.ts");
