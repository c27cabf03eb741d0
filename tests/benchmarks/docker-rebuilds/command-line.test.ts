import { describe, expect, test } from "vitest";
import { because, commandLine, lastWords } from "../../../benchmarks/docker-rebuilds/_command-line.ts";

describe("the last words of a program", () => {
  test("are its error, and not the advice or the stack that follow it", () => {
    const docker = "docker: Error response from daemon: no such image\n\nRun 'docker run --help' for more information\n";
    expect(lastWords(docker)).toBe("docker: Error response from daemon: no such image");
    const node = "x.mjs:1\nTypeError [ERR_X]: it broke\n    at open (x.mjs:3:1)\n\nNode.js v26.0.0\n";
    expect(lastWords(node)).toBe("TypeError [ERR_X]: it broke");
  });

  test("are its last line where it names no error", () => expect(lastWords("starting\n\u001b[31mgave up\u001b[0m\n\n")).toBe("gave up"));

  test.each([
    ["open /home/me/.docker/config.json: permission denied", "open …: permission denied"],
    ["open C:\\Users\\me\\x: denied", "open …: denied"],
    ["cannot connect to unix:///var/run/docker.sock. Is it there?", "cannot connect to …. Is it there?"],
    ["bind 127.0.0.1:8080 or [::1]:8080 failed", "bind … or … failed"],
    ["node:26-slim needs 1/2 of docker.io/library/node", "node:26-slim needs 1/2 of docker.io/library/node"],
  ])("hold no path and no address: %s", (said, told) => expect(lastWords(said)).toBe(told));

  test("end a sentence only where there are any", () => {
    expect(because("\n")).toBe("");
    expect(because("gave up\n")).toBe(": gave up");
  });
});

describe("a command that fails", () => {
  // Any program will do that is there wherever the tests are.
  const ask = commandLine(process.execPath);
  const failing = async (program: string, limits?: Parameters<typeof ask>[1]): Promise<string> =>
    ask(["--eval", program], limits).then(
      () => "",
      (error: Error) => `${error.name}: ${error.message.slice(process.execPath.length + 1)}`,
    );

  test("is told with its code and its last words, in one line", async () => {
    expect(await failing("console.error('a\\nno space left'); process.exit(3)")).toBe(
      "ServiceFailed: --eval failed with code 3: no space left",
    );
  });

  test("is ended at its limit even if it does not listen", async () => {
    const deaf = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1e3)";
    expect(await failing(deaf, { within: 0.3 })).toBe("ServiceFailed: --eval took longer than its limit of 0.3 s");
  });

  test("says that it was interrupted", async () => {
    expect(await failing("setInterval(() => {}, 1e3)", { signal: AbortSignal.abort() })).toBe("ServiceFailed: --eval was interrupted");
  });

  test("says that it is not there", async () => {
    await expect(commandLine("assay-has-no-such-program")(["version"])).rejects.toThrow(
      "assay-has-no-such-program version failed (ENOENT)",
    );
  });
});
