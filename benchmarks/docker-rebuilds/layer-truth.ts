/**
 * One file is edited. Which layers of the image does that invalidate, is anything installed again, and what does a container run on if its
 * source is mounted and nothing is built? For the post's Dockerfile, for one with the code before the installation, and for an image that
 * has only the runtime and its packages, over which the source is mounted. Nothing is timed, and nothing runs.
 *
 * Two answers are computed. A layer's key is made as builders make it, from the step's line, the contents of the files that it copies, and
 * the layer below: from the keys before and after the edit come the layers that are made again, and whether the installation is one. The
 * other answers are looked up, and follow from what a mount is: the container sees the source as it is now, and its image stays as it was.
 * From that come whether an edit needs a build, whether the image holds stale code, and whether the container runs on other packages than
 * its manifest names. So all of this is a *model* that follows Docker's own description. What it leaves out: a base image that moves under
 * its tag, mounts for caches, and `.dockerignore`.
 *
 * What to expect: the post's Dockerfile copies the manifest before the code, so a change of code alone never installs anything again; it
 * only makes the last layer anew. It is the other order that reinstalls, even for a README. Mounted source needs no build at all and has
 * two prices: whatever code the image holds is stale from the first edit on, and a changed manifest changes nothing in the container, which
 * goes on with the packages that it was built with.
 *
 * pip and npm differ in what they install and not in how a builder caches it, so this carries over to the post's Python.
 *
 * How you could be fooled: by counting steps that make no layer (CMD is left out); by "breaks the cache" without saying of how much
 * (`invalidated` counts the layers, `reinstalls` says whether the dear one is among them); and by consistency that is only looked at while
 * nothing but code changes (the manifest is edited as well).
 */
import { count, exact, scenario, value } from "#lab";
import { contextOf, SERVER, serverSaying } from "./_context.ts";
import { dockerfiles, INSTALLER, keysOf, makesLayer, MANIFEST, stepsOf, type Context, type Order } from "./_dockerfile.ts";
import article from "./article.ts";

const edits = {
  code: [SERVER, serverSaying("edited")],
  manifest: [MANIFEST, JSON.stringify({ megabytes: 2 })],
  README: ["README.md", "A better service.\n"],
} as const;

interface Edited {
  readonly before: Context;
  readonly after: Context;
}

/**
 * `invalidated` and `reinstalls` come from keys, the others from what a container sees.
 * @param mounted the container sees the source as it is now, over an image of how it was; else the image is built again first.
 */
const facts =
  (order: Order, mounted: boolean) =>
  async ({ before, after }: Edited) => {
    const steps = stepsOf(dockerfiles[order]);
    const old = keysOf(steps, before);
    const invalidated = keysOf(steps, after).flatMap((key, index) =>
      key === old[index] || !makesLayer(steps[index]!) ? [] : [steps[index]!],
    );
    // What a container that is started again without a build sees, and what was installed for it.
    const seen = mounted ? after : before;
    const installed = before.get(MANIFEST);
    const image = mounted ? before : after;
    const holdsCode = steps.some(({ takes }) => takes.includes("."));
    return {
      invalidated: invalidated.length,
      reinstalls: invalidated.some(({ text }) => text.includes(INSTALLER) && text.startsWith("RUN")) ? 1 : 0,
      needsBuild: installed !== after.get(MANIFEST) || [...after].some(([path, contents]) => seen.get(path) !== contents) ? 1 : 0,
      stale: holdsCode && image.get(SERVER) !== after.get(SERVER) ? 1 : 0,
      drifted: image.get(MANIFEST) === after.get(MANIFEST) ? 0 : 1,
    };
  };

export default scenario(article, {
  question: "One file is edited: which layers are made again, and what does a container with mounted source run on?",
  sweep: { edited: ["code", "manifest", "README"] },
  metrics: {
    invalidated: exact(count("lower", "layers that the next build makes again")),
    reinstalls: exact(count("lower", "whether it installs again")),
    needsBuild: exact(count("lower", "whether it takes a build until the container has the edit")),
    stale: exact(count("lower", "whether the image holds stale code")),
    drifted: exact(count("lower", "whether the container runs on other packages than its manifest names")),
  },
  setup: ({ edited }): Edited => {
    const before = contextOf(1, "as it was");
    return { before, after: new Map([...before, edits[edited]]) };
  },
  variants: {
    "rebuilt, post's order": facts("manifest first", false),
    "rebuilt, code first": facts("code first", false),
    "mounted over the post's image": facts("manifest first", true),
    "mounted over a runtime image": facts("runtime", true),
  },
  claims: {
    "docker-rt-02": [
      {
        says: "with mounted source an edit of code needs no build, in the model",
        holds: value("mounted over a runtime image", "needsBuild").between(0, 0),
        at: { edited: "code" },
        model: true,
      },
    ],
    "docker-rt-03": [
      {
        says: "while only code is edited, a container with mounted source runs on the packages that the manifest names, in the model",
        holds: value("mounted over a runtime image", "drifted").between(0, 0),
        at: { edited: "code" },
        model: true,
      },
      {
        says: "the same is true when the manifest is edited, in the model",
        holds: value("mounted over a runtime image", "drifted").between(0, 0),
        at: { edited: "manifest" },
        model: true,
      },
    ],
    "docker-rt-04": [
      {
        says: "in the post's own order a change of code makes a layer again, in the model",
        holds: value("rebuilt, post's order", "invalidated").atLeast(1),
        at: { edited: "code" },
        model: true,
      },
      {
        says: "and the dependencies are installed again, in the model",
        holds: value("rebuilt, post's order", "reinstalls").between(1, 1),
        at: { edited: "code" },
        model: true,
      },
    ],
    "docker-rt-07": [
      {
        says: "an image that holds the code is stale from the first edit on, although the container runs the mounted source, in the model",
        holds: value("mounted over the post's image", "stale").between(1, 1),
        at: { edited: "code" },
        model: true,
      },
      {
        says: "and that edit still invalidates a layer of it, in the model",
        holds: value("mounted over the post's image", "invalidated").atLeast(1),
        at: { edited: "code" },
        model: true,
      },
    ],
  },
});
