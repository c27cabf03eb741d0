import { experiment } from "#lab";
import article from "./article.ts";

export default experiment(article, {
  question: "What does it allocate outside the heap?",
  setup: () => ({ held: undefined as Uint8Array | undefined }),
  variants: {
    buffers: (input) => (input.held = new Uint8Array(1000)).length,
    nothing: (input) => (input.held ? 1 : 1000),
  },
  claims: {},
});
