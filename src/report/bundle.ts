import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

let bundled: Promise<string> | undefined;

/** The script that makes the charts of a page live, as one piece of text that may stand inside a `script` element. Made once a process. */
export function browserScript(): Promise<string> {
  return (bundled ??= made());
}

async function made(): Promise<string> {
  const own = fileURLToPath(import.meta.url);
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`./browser/main${extname(own)}`, import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "browser",
    target: ["chrome109", "firefox115", "safari16.4"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
  });
  return inlined(outputFiles[0]!.text);
}

/** Nothing in a script may end its element or open a comment; all such places are in strings, where a backslash changes nothing. */
export const inlined = (script: string): string => script.trim().replace(/<(?=\/script|!--|script)/gi, "\\x3c");
