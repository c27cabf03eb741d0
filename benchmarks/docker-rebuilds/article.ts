import { article } from "#lab";

/**
 * What one edit costs while the code lives inside a container image, and what mounting it instead saves. Layers, caches and restarts are
 * the engine's affair and carry over from the post's Python to Node; where no engine answers, a model of layers stands in and is called
 * one: it does the work on files and processes, and has no packages to download and no container to set up, so it has no say in minutes.
 */
export default article({
  title: "Stop Rebuilding Docker Images on Every Code Change",
  slug: "stop-rebuilding-docker-images-on-every-code-change",
  url: "https://lorbic.com/stop-rebuilding-docker-images-runtime-containers/",
  published: "2026-02",
  claims: {
    "docker-rt-01": {
      claim: "Seeing a typo fix takes a wait of two minutes.",
      quantity: "2 min",
      where: "listing",
      testable: "measure",
    },
    "docker-rt-02": {
      claim: "If the source is mounted instead of copied into the image, an edit shows up at once and no image build is needed.",
      quantity: "instant; 0 rebuilds",
      where: "listing",
      testable: "measure",
    },
    "docker-rt-03": {
      claim: "Mounting the source keeps the consistency that containers give.",
      where: "listing",
      testable: "check",
    },
    "docker-rt-04": {
      claim: "A one-line change makes Docker rebuild layers and reinstall dependencies, which takes 2 to 3 minutes.",
      quantity: "2–3 min",
      where: "post",
      testable: "measure",
    },
    "docker-rt-05": {
      claim: "Even with layer caching, the loop from an edit to the restarted container takes 30 seconds to 2 minutes.",
      quantity: "30 s – 2 min",
      where: "post",
      testable: "measure",
    },
    "docker-rt-06": {
      claim: "Waiting for rebuilds ends up taking longer than programming.",
      where: "post",
      testable: "argue",
      because:
        "It depends on how often a person rebuilds and what they do meanwhile; the length of one wait is measured, the habits around it are not.",
    },
    "docker-rt-07": {
      claim:
        "Mounting over an image that already contains the code leaves stale code in the image, and code changes still break layer caching.",
      where: "post",
      testable: "check",
    },
    "docker-rt-08": {
      claim: "Developers either endure slow rebuilds or give up containers locally, and the runtime-container pattern is underused.",
      where: "post",
      testable: "argue",
      because:
        "How developers at large work, and how much use of a pattern would be enough, are questions for a survey and not for a program.",
    },
  },
});
