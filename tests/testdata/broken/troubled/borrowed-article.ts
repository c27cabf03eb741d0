import { experiment } from "#lab";
import article from "../../sound/tiny/article.ts";

export default experiment(article, { question: "What if the article is another one?", variants: { one: () => 1 }, claims: {} });
