import type { Source } from "./article.ts";

/** What memory costs, in US dollars. */
export interface MemoryPrice {
  /** For a GB as memory is sold: 2^30 bytes. */
  readonly perGb: number;
  /** What was priced, in words. */
  readonly of?: string;
  /** Where that stands and when it was looked up; a price that the reader set has none. */
  readonly source?: Source;
}

/**
 * The price that a report uses unless the reader names their own: the cheapest kit of two 16 GB DDR5 modules that PCPartPicker listed in
 * the month of the post, $374.97 for 32 GB. It is the floor of the retail price of memory for desktops, on one day. Memory for servers and
 * memory rented by the hour cost other sums, and a year earlier the same size could be had for less than $100.
 */
export const defaultPrice: MemoryPrice = {
  perGb: 374.97 / 32,
  of: "the cheapest 32 GB DDR5 kit, new, at retail",
  source: {
    title: "Tech Times, on Tom's Hardware and PCPartPicker: the cheapest 32 GB DDR5 kit costs $374.97",
    url: "https://www.techtimes.com/articles/317789/20260604/ddr5-ram-hits-375-floor-pc-builders-hbm-takes-three-times-more-wafers.htm",
    date: "2026-06-04",
  },
};
