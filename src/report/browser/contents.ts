/** Marks in the contents which post is being read, and closes the menu of a narrow screen after a choice. */
export function followReader(): void {
  const links = new Map([...document.querySelectorAll<HTMLAnchorElement>("[data-contents] a")].map((link) => [link.hash.slice(1), link]));
  const inSight = new Set<string>();
  let current: HTMLAnchorElement | undefined;
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) inSight.add(target.id);
        else inSight.delete(target.id);
      }
      const next = [...links.entries()].find(([id]) => inSight.has(id))?.[1];
      if (next === current) return;
      current?.removeAttribute("aria-current");
      next?.setAttribute("aria-current", "true");
      if (next) bringIntoSight(next);
      current = next;
    },
    { rootMargin: "-20% 0px -70%" },
  );
  for (const post of document.querySelectorAll("article[id]")) observer.observe(post);
  const menu = document.querySelector<HTMLDetailsElement>("details[data-menu]");
  menu?.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLAnchorElement) menu.open = false;
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && menu?.open) menu.open = false;
  });
  // Paper has no disclosure: what is closed on screen is open there.
  const opened: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    for (const it of document.querySelectorAll<HTMLDetailsElement>("details[data-print]:not([open])")) {
      it.open = true;
      opened.push(it);
    }
  });
  addEventListener("afterprint", () => {
    for (const it of opened.splice(0)) it.open = false;
  });
}

/** Scrolls the contents, never the page. */
function bringIntoSight(link: HTMLElement): void {
  const list = link.closest("nav")!;
  const { top, bottom } = link.getBoundingClientRect();
  const frame = list.getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom) list.scrollTop += top - frame.top - frame.height / 2;
}
