import { spawn } from "node:child_process";
import { count, exact, scenario } from "#lab";
import article from "./article.ts";

/** Starts a process that keeps the trial's output open and would outlive it. */
const left = (detached: boolean) => async () => {
  const { pid } = spawn(process.execPath, ["-e", "setTimeout(() => {}, 20_000)"], { stdio: "inherit", detached });
  return { pid: pid! };
};

export default scenario(article, {
  question: "What if a story leaves its processes behind?",
  timeout: 5,
  metrics: { pid: exact(count("lower")) },
  variants: { grouped: left(false), detached: left(true) },
  claims: {},
});
