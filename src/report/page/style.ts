import { coloursOf, dark, light } from "../theme.ts";

/** The one stylesheet of the page. Dark is for screens alone: paper is white. */
export function stylesheet(): string {
  return `${base}@media screen and (prefers-color-scheme:dark){${darkRoot}${recoloured()}}${print}`.replace(/\n\s*/g, "");
}

/** Charts are drawn in the light theme; in the dark one each colour gives way to its counterpart. */
function recoloured(): string {
  const after = coloursOf(dark);
  return coloursOf(light)
    .map((colour, index) => `.chart [fill="${colour}"]{fill:${after[index]!}}.chart [stroke="${colour}"]{stroke:${after[index]!}}`)
    .join("");
}

const darkRoot = `:root{--paper:${dark.background};--ink:${dark.ink};--muted:${dark.muted};--line:#2a3038;--wash:#1b1f25;--link:#7cc0f5;
--good:#4fd1a0;--model:#7cc0f5;--weak:#f0b95b;--bad:#ff8097;--open:#c8a6f5;--none:#a2acb8;
--c:#8a95a3;--s:#7fd1ae;--n:#f0a36b;--k:#8dbdf7}`;

const base = `
:root{color-scheme:light dark;--paper:${light.background};--ink:${light.ink};--muted:${light.muted};--line:#e3e7ec;--wash:#f6f8fa;--link:#0b62a8;
--good:#0a7350;--model:#0b62a8;--weak:#8a5a00;--bad:#a3122f;--open:#6b3fa0;--none:#5c6570;
--c:#68727e;--s:#0a6b4c;--n:#9a4a00;--k:#0b4f9c;
--sans:Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
--mono:ui-monospace,"SF Mono",SFMono-Regular,"Cascadia Code","JetBrains Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1.5rem}
body{margin:0 auto;max-width:49rem;padding:0 1.5rem 5rem;background:var(--paper);color:var(--ink);font:400 1.0625rem/1.65 var(--sans);overflow-wrap:anywhere}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:.18em}
a:focus-visible,summary:focus-visible,pre:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:2px}
p{margin:0 0 .75em}
b{font-weight:600}
code{font:.86em/1.5 var(--mono);background:var(--wash);border-radius:4px;padding:.12em .35em}
h1,h2,h3,h4{line-height:1.2;letter-spacing:-.018em;font-weight:650;margin:0;text-wrap:balance}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem}
.top{padding:4.5rem 0 0}
.brand{font-weight:700;letter-spacing:.02em;font-size:.95rem;margin:0 0 2.2rem}
.brand::before{content:"";display:inline-block;width:.62em;height:.62em;border:.17em solid var(--ink);border-radius:50%;margin-right:.5em;vertical-align:-.03em}
h1{font-size:clamp(2rem,6vw,3rem);letter-spacing:-.032em;line-height:1.08;margin-bottom:1.1rem}
.lede{font-size:1.16rem;line-height:1.6;color:var(--muted);max-width:40rem;margin-bottom:2rem}
.aside,.remedy{color:var(--muted)}.aside{font-size:.875rem;line-height:1.5}
.meta{color:var(--muted);font-size:.875rem;line-height:1.5;margin:0 0 .4rem}
.meta,.numbers{display:flex;flex-wrap:wrap;gap:.05rem 1.15em;align-items:baseline}
.id{font-family:var(--mono);font-size:.85em;letter-spacing:-.01em;color:var(--muted);font-weight:400}
.sum{margin:0 0 .8rem}
.strip{display:flex;gap:2px;height:8px;border-radius:4px;overflow:hidden;margin-bottom:.6rem}
.strip span{background:currentColor;min-width:4px}
.good{color:var(--good)}.model{color:var(--model)}.weak{color:var(--weak)}.bad{color:var(--bad)}.open{color:var(--open)}.none{color:var(--none)}
.strip .none{opacity:.35}
.tally{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;font-size:.875rem}
.count{white-space:nowrap}
.badge{display:inline-block;font-size:.8125rem;font-weight:600;line-height:1.35;border:1px solid currentColor;border-radius:99px;padding:.12rem .65rem;overflow-wrap:normal}
.host{background:var(--wash);border-radius:12px;padding:1.4rem 1.6rem 1.5rem;margin:2rem 0 0}
.host h2{font-size:1rem;letter-spacing:0;margin-bottom:1rem}.host h2 .id{margin-left:.4em}.host .aside{margin:1rem 0 0}
.host dl,.provenance{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(15rem,100%),1fr));gap:.85rem 2rem;margin:0}
dt{color:var(--muted);font-size:.8125rem;line-height:1.4}dd{margin:0;font-size:.94rem;line-height:1.45}
.overview{margin:3.5rem 0 0}.overview ol{list-style:none;margin:0;padding:0}
.overview li{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.15fr);gap:.2rem 2rem;padding:1rem 0;border-top:1px solid var(--line);align-items:start}
.overview .sum{margin:.45rem 0 0}.overview li>a{font-weight:600;color:var(--ink);text-decoration:none;line-height:1.4}.overview li>a:hover{text-decoration:underline}
.post{margin-top:6rem;padding-top:2.5rem;border-top:3px solid var(--ink)}
.post>h2{font-size:clamp(1.5rem,4.5vw,2.05rem);margin-bottom:2rem}.post>h2 a{color:inherit;text-decoration-color:var(--line)}.post>h2 a:hover{text-decoration-color:currentColor}
.claims{list-style:none;margin:0;padding:0}
.claim{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:0 1.5rem;padding:1.25rem 0;border-top:1px solid var(--line)}
.claim:last-child{border-bottom:1px solid var(--line)}
.claim:target,.experiment:target{background:linear-gradient(var(--wash),var(--wash))}
.statement{font-weight:550;line-height:1.5;margin-bottom:.3rem}
.because,.readings{font-size:.94rem;line-height:1.55}.because{color:var(--muted);margin:.2rem 0 0}
.readings{list-style:none;margin:.65rem 0 0;padding:0 0 0 1rem;border-left:2px solid var(--line)}
.readings li+li{margin-top:.9rem}.readings p{margin-bottom:.15rem}
.numbers{font-size:.875rem;color:var(--muted)}.numbers b{color:var(--ink)}
.experiment{margin-top:4.5rem}
.experiment h3{font-size:1.4rem;margin-bottom:.45rem}.experiment h4{font-size:.8125rem;letter-spacing:.01em;color:var(--muted);font-weight:600;margin:2rem 0 .5rem}
.prose{margin-top:1rem}.prose p{max-width:42rem}
.note{font-size:.94rem;line-height:1.55;background:var(--wash);border-radius:8px;padding:.8rem 1.1rem;margin:1rem 0}
.note p{margin:0}.note ul{margin:.3rem 0 0;padding-left:1.15rem}
.doubt{border-left:3px solid var(--weak)}.trouble{border-left:3px solid var(--bad)}
figure{margin:1.8rem 0 1rem}
.chart svg{display:block;width:100%;height:auto}.narrow{display:none}
figcaption{font-size:.8125rem;line-height:1.5;color:var(--muted);margin-top:.6rem}
.found{font-size:.94rem;line-height:1.55;margin:.8rem 0 0}
.price{margin-top:1.6rem}.price .aside{margin-top:.2rem}
pre{margin:0;overflow-x:auto;background:var(--wash);border-radius:8px;padding:1rem 1.2rem;font:.8125rem/1.6 var(--mono);overflow-wrap:normal;tab-size:2}
pre code{font:inherit;background:none;padding:0}
.code i{font-style:normal}.code .c{color:var(--c);font-style:italic}.code .s{color:var(--s)}.code .n{color:var(--n)}.code .k{color:var(--k)}
details{margin-top:1rem;border-top:1px solid var(--line);padding-top:.7rem}
summary{cursor:pointer;font-weight:600;font-size:.94rem}details[open]>summary{margin-bottom:.9rem}
.scroll{overflow-x:auto;margin-bottom:.7rem}
table{border-collapse:collapse;font-size:.8125rem;line-height:1.4;min-width:100%;overflow-wrap:normal}
th,td{text-align:left;padding:.38rem 1.4rem .38rem 0;border-bottom:1px solid var(--line);vertical-align:top;font-weight:400;white-space:nowrap}
thead th{color:var(--muted);white-space:normal;vertical-align:bottom;min-width:5rem}
.number{text-align:right}td.number,.numbers b,.count b{font-variant-numeric:tabular-nums}td.number:last-child,th.number:last-child{padding-right:0}
.provenance{border-top:1px solid var(--line);margin-top:1rem;padding-top:1rem}
footer{margin-top:6rem;padding-top:1.5rem;border-top:1px solid var(--line);color:var(--muted);font-size:.875rem}
@media (max-width:38rem){
body{padding:0 1.1rem 4rem;font-size:1rem}
.top{padding-top:2.5rem}.brand{margin-bottom:1.5rem}.lede{font-size:1.06rem}
.host{padding:1.1rem 1.2rem}
.overview li,.claim{grid-template-columns:minmax(0,1fr)}
.ruling{margin-bottom:.5rem}.post{margin-top:4rem}.experiment{margin-top:3.2rem}
.wide{display:none}.narrow{display:block}.narrow svg+svg{margin-top:1rem}
}
`;

const print = `@media print{body{max-width:none;font-size:10pt}a{color:inherit}.post{break-before:page}figure,.claim,.host{break-inside:avoid}.skip{display:none}pre{white-space:pre-wrap}.note,.host,pre,code{border:1px solid var(--line)}}`;
