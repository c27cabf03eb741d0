import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { galleryPosts } from "../src/cli/gallery.ts";
import { drawSvg } from "../src/report/draw.ts";
import { galleryOf, stampOf, textsOf, wholeGallery } from "../src/report/gallery.ts";
import { light } from "../src/report/theme.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const published = join(root, "reports", "published");
const posts = existsSync(join(published, "records")) ? await galleryPosts(join(root, "benchmarks"), published) : [];
const exhibits = posts.flatMap((post) => post.exhibits);
const written = (path: string): string => readFileSync(path, "utf8");

/** Pixels and typefaces may differ from machine to machine; what is said may not. */
describe.skipIf(exhibits.length === 0)("the published charts say what their records say (npx assay publish redraws them)", () => {
  test.each(exhibits)("$id", ({ id, figure, record }) => {
    for (const name of [id, `${id}-dark`]) {
      const svg = written(join(published, "charts", `${name}.svg`));
      expect(stampOf(svg)).toBe(record.digest);
      expect(textsOf(svg)).toEqual(textsOf(drawSvg(figure, light)));
    }
    expect(existsSync(join(published, "charts", `${id}.png`))).toBe(true);
  });

  test("and so do the documents that show them", () => {
    expect(written(join(published, "README.md"))).toBe(wholeGallery(posts));
    expect(written(join(root, "README.md"))).toContain(galleryOf(posts, "reports/published/"));
  });
});
