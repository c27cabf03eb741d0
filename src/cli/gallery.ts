import { verdictsOf } from "../judge/verdicts.ts";
import { figure, isEmpty } from "../report/figure.ts";
import type { Exhibit, GalleryPost } from "../report/gallery.ts";
import { estimates } from "../stats/estimate.ts";
import type { DiscoveredArticle } from "../store/discover.ts";
import { openArchive } from "./evidence.ts";

/**
 * What the published records have to show: post by post, the experiments in the order of the claims that they answer.
 * @param folder holds `records/`.
 */
export async function galleryPosts(benchmarks: string, folder: string): Promise<GalleryPost[]> {
  const archive = await openArchive({ benchmarks, from: [folder] });
  return archive.catalogue.articles.map((post) => ({
    title: post.article.title,
    exhibits: inOrderOfClaims(post).flatMap(({ id, definition }): Exhibit[] => {
      const record = archive.recordOf(id);
      if ("because" in record || record.agreement?.agree === false) return [];
      const verdicts = verdictsOf(definition, id, record);
      const drawing = figure(definition, id, record, estimates(record), verdicts);
      return isEmpty(drawing) ? [] : [{ id, question: definition.question, figure: drawing, record, verdicts }];
    }),
  }));
}

/** The first claim of a post is what it is about. */
function inOrderOfClaims({ article, experiments }: DiscoveredArticle): DiscoveredArticle["experiments"] {
  const claims = Object.keys(article.claims);
  const first = ({ definition }: DiscoveredArticle["experiments"][number]): number => {
    const places = Object.keys(definition.claims).map((id) => claims.indexOf(id));
    return places.length > 0 ? Math.min(...places) : claims.length;
  };
  return experiments.toSorted((a, b) => first(a) - first(b) || (a.id < b.id ? -1 : 1));
}
