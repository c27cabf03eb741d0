import { article } from "#lab";

/**
 * Memory has become dear, so bytes per record count again. Prices and forecasts are cited; what a record costs in bytes, and what frugal code
 * saves at the reader's own price, is measured in Node.
 */
export default article({
  title: "So, We Are Writing Efficient Software Again",
  slug: "so-we-are-writing-efficient-software-again",
  url: "https://lorbic.com/so-we-are-writing-efficient-software-again/",
  published: "2026-06",
  claims: {
    "efficient-01": {
      claim: "RAM prices have risen by 400 %.",
      quantity: "+400 %",
      where: "listing",
      testable: "cite",
      source: {
        title:
          "Tech Times, on Tom's Hardware and PCPartPicker: the cheapest 32 GB DDR5 kit nearly quadrupled in a year, which is some +275 %",
        url: "https://www.techtimes.com/articles/317789/20260604/ddr5-ram-hits-375-floor-pc-builders-hbm-takes-three-times-more-wafers.htm",
        date: "2026-06-04",
      },
    },
    "efficient-02": {
      claim: "CPUs cost 15 % more.",
      quantity: "+15 %",
      where: "listing",
      testable: "cite",
      source: {
        title: "All Weather Finance, on a report by Nikkei Asia: 10 to 15 % more on average, some models higher",
        url: "https://allweatherfinance.com/cpu-shortage-strikes-starting-march-intel-and-amd-prices-rise-by-10-15-delivery-times-extended-with-a-maximum-wait-of-up-to-6-months/",
        date: "2026-11-21",
      },
    },
    "efficient-03": {
      claim: "The era of free hardware gains is over and every byte counts again, as in the 1980s.",
      where: "listing",
      testable: "argue",
      because:
        "Where an era ends is a judgement on history and on what comes next; what a saved byte is worth today can be measured, the turn of the times cannot.",
    },
    "efficient-04": {
      claim: "A 32 GB memory kit bought in 2024 costs more than twice as much in 2026.",
      quantity: "> 2×",
      where: "post",
      testable: "cite",
      source: {
        title: "So, We Are Writing Efficient Software Again: the author's own purchase",
        url: "https://lorbic.com/so-we-are-writing-efficient-software-again/",
        date: "2026-06-17",
      },
    },
    "efficient-05": {
      claim: "A DDR4 kit that cost $60–90 in late 2025 sells for $150–180 in mid-2026.",
      quantity: "$60–90 → $150–180",
      where: "post",
      testable: "cite",
      source: {
        title: "PC Build Advisor, RAM prices tracked: steeper still for one 32 GB DDR4 kit, from $50 in early 2025 to $240 in early 2026",
        url: "https://www.pcbuildadvisor.com/?p=3327",
        date: "2026-11-21",
      },
    },
    "efficient-06": {
      claim: "Demand for AI inference in data centres took the memory supply, and makers prefer high-margin server parts.",
      where: "post",
      testable: "argue",
      because:
        "Cause and motive in a world market cannot be found by replaying it with that demand taken away; only the prices that followed are on record.",
    },
    "efficient-07": {
      claim: "Memory shortages should last at least until the fourth quarter of 2027.",
      quantity: "Q4 2027",
      where: "post",
      testable: "cite",
      source: {
        title: "PCWorld, on a report by Reuters: Samsung expects a wider gap in 2027 and shortage in the years after, so longer still",
        url: "https://www.pcworld.com/article/3129725/samsung-says-the-ram-shortage-will-worsen-in-2027-and-beyond.html",
        date: "2026-05-01",
      },
    },
    "efficient-08": {
      claim: "Tariffs of 25 % are levied on many imports of semiconductors.",
      quantity: "25 %",
      where: "post",
      testable: "cite",
      source: {
        title:
          "The White House, proclamation on imports of semiconductors: 25 %, but on a narrow category of advanced chips and with exemptions",
        url: "https://www.whitehouse.gov/presidential-actions/2026/01/adjusting-imports-of-semiconductors-semiconductor-manufacturing-equipment-and-their-derivative-products-into-the-united-states/",
        date: "2026-01-14",
      },
    },
    "efficient-09": {
      claim: "ASUS warned that laptops could cost 30 % more.",
      quantity: "30 %",
      where: "post",
      testable: "cite",
      source: {
        title: "IDC, “Global Memory Shortage Crisis”: says 15 to 20 % for PC makers, ASUS among them",
        url: "https://www.idc.com/resource-center/blog/global-memory-shortage-crisis-market-analysis-and-the-potential-impact-on-the-smartphone-and-pc-markets-in-2026/",
        date: "2026-11-21",
      },
    },
    "efficient-10": {
      claim: "AI was used to mass-produce bloated software and now prices developers out of the hardware to run it.",
      where: "post",
      testable: "argue",
      because:
        "It joins two trends into a moral, and neither who wrote today's software nor who is priced out by whom can be read off a machine.",
    },
  },
});
