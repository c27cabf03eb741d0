import { experiment } from "#lab";
import article from "./article.ts";

export default experiment(article, { question: "What if no record could bear this name?", variants: { one: () => 1 }, claims: {} });
