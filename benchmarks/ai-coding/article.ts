import { article } from "#lab";

/**
 * What two years of coding with AI tools gave and cost, and a race condition that looked right. The race and the defences against plausible
 * but wrong code are rebuilt in TypeScript: between a check and an act Node needs an await to go wrong where Go needs only a second
 * goroutine, and Go's race detector has no counterpart. The hidden debt of code that is right and grows too fast is measured as well,
 * though no claim of the ledger has a number for it.
 */
export default article({
  title: "AI Coding in 2026: Productivity Multipliers vs. Skill Replacements",
  slug: "ai-coding-in-2026-productivity-multipliers-vs-skill-replacements",
  url: "https://lorbic.com/ai-coding-productivity-vs-skill/",
  published: "2026-03",
  claims: {
    "ai-coding-01": {
      claim: "After two years of daily AI coding, some uses save time while others create hidden debt.",
      quantity: "2 years",
      where: "listing",
      testable: "argue",
      because: "One person's two years have no control group, and debt that is hidden is by definition debt that nobody has counted.",
    },
    "ai-coding-02": {
      claim: "Fundamentals are the only real defence against code that looks right but is wrong.",
      where: "listing",
      testable: "argue",
      because:
        "“Only” would have to be tested on people with and without those fundamentals; a program can tell merely which mechanical defence finds what.",
    },
    "ai-coding-03": {
      claim: "One short prompt gave 400 lines of well-formatted Go in about 30 seconds.",
      quantity: "400 lines in 30 s",
      where: "post",
      testable: "cite",
      source: {
        title: "AI Coding in 2026: Productivity Multipliers vs. Skill Replacements: the author's own experience",
        url: "https://lorbic.com/ai-coding-productivity-vs-skill/",
        date: "2026-03",
      },
    },
    "ai-coding-04": {
      claim: "The generated token-refresh code had a race condition that took three hours to find.",
      quantity: "3 h",
      where: "post",
      testable: "measure",
    },
    "ai-coding-05": {
      claim: "On balance, AI coding saved hundreds of hours and lost dozens to debugging.",
      quantity: "hundreds against dozens",
      where: "post",
      testable: "argue",
      because: "The hours are the author's own estimate against two years without the tools, and those years cannot be run.",
    },
    "ai-coding-06": {
      claim: "AI tools act like a very fast junior developer who errs confidently.",
      where: "post",
      testable: "argue",
      because: "It is an analogy: apt or not, it predicts nothing whose absence a program could notice.",
    },
    "ai-coding-07": {
      claim: "The output of a language model is probabilistic, whereas compilers and tests are deterministic.",
      where: "post",
      testable: "cite",
      source: {
        title:
          "Google Testing Blog, “Flaky Tests at Google and How We Mitigate Them”: says 1.5 % of test runs were not deterministic either",
        url: "https://testing.googleblog.com/2016/05/flaky-tests-at-google-and-how-we.html",
        date: "2016-05-27",
      },
    },
  },
});
