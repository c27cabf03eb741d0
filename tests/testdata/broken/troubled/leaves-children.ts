import { spawn } from "node:child_process";
import { count, exact, scenario } from "#lab";
import article from "./article.ts";

/** Starts a process that keeps the trial's output open and would outlive it. */
const left = (detached: boolean) => async () => {
  spawn(process.execPath, ["-e", "setTimeout(() => {}, 8000)"], { stdio: "inherit", detached });
  return { answers: 1 };
};

export default scenario(article, {
  question: "What if a story leaves its processes behind?",
  timeout: 5,
  metrics: { answers: exact(count("higher")) },
  variants: { grouped: left(false), detached: left(true) },
  claims: {},
});
