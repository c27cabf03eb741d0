import { experiment } from "#lab";
import article from "./article.ts";

export default experiment(article, { question: "What does nothing cost?", variants: { empty: () => {}, also: () => {} }, claims: {} });
