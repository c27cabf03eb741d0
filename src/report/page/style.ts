import { coloursOf, dark, light } from "../theme.ts";
import { fontFaces } from "../typeface.ts";
import { chartStyles } from "./style-chart.ts";
import { pageStyles } from "./style-page.ts";

/** The one stylesheet of the page. Dark is for screens alone: paper is white. */
export const stylesheet = (): string => sheet(pageStyles + chartStyles) + print;

/** The stylesheet of a chart that stands alone. */
export const loneStylesheet = (): string => sheet(lone + chartStyles);

function sheet(styles: string): string {
  const system = `@media screen and (prefers-color-scheme:dark){${darkened(":root:not([data-theme=light])")}}`;
  return `${fontFaces()}${base}${styles}${system}@media screen{${darkened(":root[data-theme=dark]")}}`.replace(/\n\s*/g, "");
}

/** Drawings come in the light theme; in the dark one each colour gives way to its counterpart. */
function darkened(root: string): string {
  const after = coloursOf(dark);
  const drawings = coloursOf(light).map((colour, index) => {
    const of = (attribute: string): string => `${root} .chart [${attribute}="${colour}"]{${attribute}:${after[index]!}}`;
    return of("fill") + of("stroke");
  });
  return `${root}{${darkColours}}${drawings.join("")}`;
}

const darkColours = `color-scheme:dark;--paper:${dark.background};--ink:${dark.ink};--muted:${dark.muted};--line:#2a3038;--wash:#1b1f25;--link:#7cc0f5;
--good:#4fd1a0;--model:#7cc0f5;--weak:#f0b95b;--bad:#ff8097;--open:#c8a6f5;--none:#a2acb8;
--c:#8a95a3;--s:#7fd1ae;--n:#f0a36b;--k:#8dbdf7;--shade:0 2px 14px rgb(0 0 0/.5);`;

const base = `
:root{color-scheme:light;--paper:${light.background};--ink:${light.ink};--muted:${light.muted};--line:#e3e7ec;--wash:#f6f8fa;--link:#0b62a8;
--good:#0a7350;--model:#0b62a8;--weak:#8a5a00;--bad:#a3122f;--open:#6b3fa0;--none:#5c6570;
--c:#68727e;--s:#0a6b4c;--n:#9a4a00;--k:#0b4f9c;--shade:0 2px 14px rgb(20 30 40/.13);
--sans:Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
--mono:ui-monospace,"SF Mono",SFMono-Regular,"Cascadia Code","JetBrains Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1.0625rem/1.65 var(--sans);overflow-wrap:anywhere}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.18em}
:focus-visible{outline:2px solid var(--link);outline-offset:3px;border-radius:3px}
p{margin:0 0 .75em}
figure{margin:0}
button{font:inherit;color:inherit}
`;

const lone = `
body{padding:.4rem .8rem .5rem}
main{max-width:62rem;margin:0 auto}
h1{font-size:1rem;line-height:1.3;font-weight:650;letter-spacing:-.01em;margin:0 0 .3rem;text-wrap:balance}
.narrow{display:none}
@media (max-width:38rem){.wide{display:none}.narrow{display:block}.narrow svg+svg{margin-top:1rem}}
figure .controls{margin-bottom:.4rem}
figure figcaption{display:block;margin-top:.3rem;line-height:1.4}.files{display:inline}
`;

const print = `@media print{
body{font-size:9.5pt;line-height:1.5}
.bar,.side,.skip,.source,.compared,.controls,.stage,.menu,.files,.overlaid{display:none!important}
.sheet{display:block;max-width:none}.text{padding:0}
.alive .chart.wide{display:block}.chart svg{min-width:0}
a{color:inherit}
.top{padding-top:0}
.post{break-before:page;margin-top:0;border-top-width:2px}
.experiment{margin-top:2.5rem}
h2,h3,h4,summary{break-after:avoid}
figure,.claim,.host,.note,.overview li,tr{break-inside:avoid}
.bench{display:block}.experiment,.post>.claims{content-visibility:visible}
details::details-content{content-visibility:visible;block-size:auto}
.scroll{overflow:visible}table{font-size:7.5pt}th,td{white-space:normal;padding-right:.8rem}
.note,.host{border:1px solid var(--line)}
}`.replace(/\n\s*/g, "");
