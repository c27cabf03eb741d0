/** The page around the charts: a column to read, the posts at its side, code beside curves where there is room. */
export const pageStyles = `
html{scroll-padding-top:4rem}
b{font-weight:600}
code{font:.86em/1.5 var(--mono);background:var(--wash);border-radius:4px;padding:.12em .35em}
h1,h2,h3,h4{line-height:1.2;letter-spacing:-.018em;font-weight:650;margin:0;text-wrap:balance}
.skip{position:absolute;left:-99rem;z-index:9;background:var(--paper);padding:.5rem 1rem}.skip:focus{left:1rem;top:1rem}
main:focus{outline:none}
.bar{position:sticky;top:0;z-index:5;display:flex;align-items:center;gap:1.2rem;min-height:3.1rem;padding:.4rem clamp(1.1rem,4vw,2.5rem);background:var(--paper);border-bottom:1px solid var(--line)}
.brand{font-weight:700;letter-spacing:.02em;font-size:.95rem;color:var(--ink);text-decoration:none;padding:.3rem 0}
.brand::before{content:"";display:inline-block;width:.62em;height:.62em;border:.17em solid var(--ink);border-radius:50%;margin-right:.5em;vertical-align:-.03em}
.tools{margin-inline-start:auto}
.tool{display:inline-flex;align-items:center;gap:.5em;min-height:2rem;padding:.2rem .75rem;background:none;border:1px solid var(--line);border-radius:99px;font-size:.8125rem;cursor:pointer}
.tool:hover{border-color:var(--muted)}
.half{width:.85em;height:.85em;border:1.5px solid currentColor;border-radius:50%;background:linear-gradient(90deg,currentColor 50%,transparent 50%)}
.menu{margin:0;padding:0;border:0;font-size:.94rem}.menu summary{padding:.3rem 0}
.menu[open] summary{margin:0}
.menu nav{position:absolute;left:0;right:0;top:100%;max-height:75vh;overflow:auto;background:var(--paper);border-bottom:1px solid var(--line);box-shadow:var(--shade);padding:.6rem clamp(1.1rem,4vw,2.5rem) 1rem}
.menu ol,.side ol{list-style:none;margin:0;padding:0}
.menu a{display:block;padding:.45rem 0;color:var(--ink);text-decoration:none}
.side{display:none}
.text{padding:0 clamp(1.1rem,4vw,2.5rem) 5rem;max-width:54rem;margin:0 auto}
.top{padding:clamp(2.2rem,7vw,4.5rem) 0 0}
h1{font-size:clamp(2rem,6vw,3.1rem);letter-spacing:-.032em;line-height:1.08;margin-bottom:1.1rem}
.lede{font-size:clamp(1.06rem,2.2vw,1.18rem);line-height:1.6;color:var(--muted);max-width:42rem;margin-bottom:0}
.aside,.remedy{color:var(--muted)}.aside{font-size:.875rem;line-height:1.5}
.meta{color:var(--muted);font-size:.875rem;line-height:1.5;margin:0 0 .4rem}
.meta,.numbers{display:flex;flex-wrap:wrap;gap:.15rem 1.15em;align-items:center}
.id{font-family:var(--mono);font-size:.85em;letter-spacing:-.01em;color:var(--muted);font-weight:400}
.sum{margin:0 0 .8rem}
.strip{display:flex;gap:2px;height:8px;border-radius:4px;overflow:hidden;margin-bottom:.7rem}
.strip span{background:currentColor;min-width:4px}
.good{color:var(--good)}.model{color:var(--model)}.weak{color:var(--weak)}.bad{color:var(--bad)}.open{color:var(--open)}.none{color:var(--none)}
.strip .none{opacity:.35}
.tally{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;font-size:.875rem}
.count{white-space:nowrap}
.badge{display:inline-block;font-size:.8125rem;font-weight:600;line-height:1.35;border:1px solid currentColor;border-radius:99px;padding:.12rem .65rem;overflow-wrap:normal}
.marks{display:flex;flex-wrap:wrap;gap:.25rem}
.mark{display:inline-flex;align-items:center;justify-content:center;width:1.55rem;height:1.55rem;font-size:.8125rem;font-weight:700;line-height:1;text-decoration:none;border:1.5px solid currentColor;border-radius:6px}
a.mark:hover{box-shadow:0 0 0 2px var(--paper),0 0 0 3.5px currentColor}
.mark.good{border-radius:50%;background:var(--good);border-color:var(--good)}.mark.good>span,dt .mark.good{color:var(--paper)}
.mark.bad{border-radius:3px;background:var(--bad);border-color:var(--bad)}.mark.bad>span,dt .mark.bad{color:var(--paper)}
.mark.model{border-radius:50%}
.mark.weak{border-radius:3px 3px 50% 50%}
.mark.open{border-radius:50%;border-style:dashed}
.mark.none{border-color:transparent;font-weight:500}
.overview{margin:3.5rem 0 0}.overview h2{font-size:1.35rem;margin-bottom:1.1rem}
.overview ol{list-style:none;margin:1.4rem 0 0;padding:0}
.overview li{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.1fr);gap:.4rem 2rem;padding:.75rem 0;border-top:1px solid var(--line);align-items:center}
.title a{font-weight:600;color:var(--ink);text-decoration:none;line-height:1.4}.title a:hover{text-decoration:underline}
.when{display:block;color:var(--muted);font-size:.8125rem;line-height:1.4}
.rulings{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(21rem,100%),1fr));gap:1rem 2rem;margin:0 0 1rem}
.rulings dt{display:flex;gap:.5em;align-items:center;color:var(--ink);font-size:.94rem}.rulings dd{color:var(--muted);font-size:.875rem;padding-inline-start:2.1rem}
.host{background:var(--wash);border-radius:12px;padding:1.4rem 1.6rem 1.5rem;margin:2.5rem 0 0}
.host h2{font-size:1rem;letter-spacing:0;margin-bottom:1rem}.host h2 .id{margin-left:.4em}.host .aside{margin:1rem 0 0}
.host dl,.provenance{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(15rem,100%),1fr));gap:.85rem 2rem;margin:0}
dt{color:var(--muted);font-size:.8125rem;line-height:1.4}dd{margin:0;font-size:.94rem;line-height:1.45}
.post{margin-top:6rem;padding-top:2.5rem;border-top:3px solid var(--ink)}
.post>h2{font-size:clamp(1.5rem,4.5vw,2.1rem);margin-bottom:2rem}.post>h2 a{color:inherit;text-decoration-color:var(--line)}.post>h2 a:hover{text-decoration-color:currentColor}
.claims{list-style:none;margin:0;padding:0}
.claim{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:0 1.5rem;padding:1.25rem 0;border-top:1px solid var(--line)}
.claim:last-child{border-bottom:1px solid var(--line)}
.claim:target{background:var(--wash);box-shadow:-.8rem 0 0 var(--wash),.8rem 0 0 var(--wash)}
.statement{font-weight:550;line-height:1.5;margin-bottom:.3rem}
.because,.readings{font-size:.94rem;line-height:1.55}.because{color:var(--muted);margin:.2rem 0 0}
.readings{list-style:none;margin:.65rem 0 0;padding:0 0 0 1rem;border-left:2px solid var(--line)}
.readings li+li{margin-top:.9rem}.readings p{margin-bottom:.15rem}
.numbers{font-size:.875rem;color:var(--muted)}.numbers b{color:var(--ink)}
.experiment{margin-top:5rem}
.experiment h3{font-size:1.45rem;margin-bottom:.55rem}
.experiment h4,.note h4{font-size:.8125rem;letter-spacing:.01em;color:var(--muted);font-weight:600;margin:0 0 .5rem}
.experiment .marks .mark{width:1.5rem;height:1.5rem;font-size:.75rem}
.prose p,.found{max-width:44rem}
.experiment,.post>.claims{content-visibility:auto;contain-intrinsic-size:auto 1400px}
.bench{margin:1.2rem 0 1.4rem}
.curve,.compared,.fooled{margin-top:1.6rem}
.fooled{font-size:.875rem;line-height:1.55;color:var(--muted);border-left:2px solid var(--line);padding-left:1.1rem;max-width:46rem}
.fooled p{margin:0}.fooled ul{margin:0;padding-left:1rem}.fooled li+li{margin-top:.35rem}
.price{margin:1.6rem 0}.price .aside{margin-top:.2rem}
.found{font-size:.94rem;line-height:1.55;margin:.9rem 0 0}
.note{font-size:.94rem;line-height:1.55;background:var(--wash);border-radius:8px;padding:.9rem 1.2rem;margin:1rem 0;max-width:50rem}
.note p{margin:0}.note ul{margin:.3rem 0 0;padding-left:1.15rem}.note li+li{margin-top:.35rem}
.doubt{border-left:3px solid var(--weak)}.trouble{border-left:3px solid var(--bad)}
pre{margin:0;overflow:auto;background:var(--wash);border-radius:8px;padding:1rem 1.2rem;font:.8125rem/1.6 var(--mono);overflow-wrap:normal;tab-size:2}
pre code{font:inherit;background:none;padding:0}
.code i{font-style:normal}.code .c{color:var(--c);font-style:italic}.code .s{color:var(--s)}.code .n{color:var(--n)}.code .k{color:var(--k)}
details:target>summary{background:var(--wash)}.companions{margin-top:4rem}.companions h3{font-size:1.1rem}.meta.source{margin:.8rem 0 0}.source .id{color:var(--link)}
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
body{font-size:1rem}
.host{padding:1.1rem 1.2rem}
.chart{overflow-x:auto}.chart svg{min-width:42rem}
.overview li,.claim{grid-template-columns:minmax(0,1fr)}
.ruling{margin-bottom:.5rem}.post{margin-top:4rem}.experiment{margin-top:3.4rem}
}
@media (min-width:72rem){
.bar{position:fixed;top:0;left:max(0px,calc((100vw - 96rem)/2));width:16.5rem;border:0;background:none;padding:1.1rem 1.6rem 0 2.2rem}
.tool span:last-child{display:none}.tool{padding:.2rem .55rem}
.menu{display:none}
html{scroll-padding-top:1.5rem}
.sheet{display:grid;grid-template-columns:16.5rem minmax(0,1fr);max-width:96rem;margin:0 auto}
.side{display:block;position:sticky;top:4.4rem;height:calc(100vh - 4.4rem);overflow-y:auto;margin-top:4.4rem;padding:.4rem 1rem 2rem 2.2rem;font-size:.8125rem;line-height:1.4;scrollbar-width:thin}
.side a{display:block;padding:.32rem .7rem;color:var(--muted);text-decoration:none;border-left:2px solid var(--line)}
.side a:hover{color:var(--ink)}
.side a[aria-current]{color:var(--ink);border-color:var(--ink);font-weight:600}
.text{max-width:none;margin:0;padding:0 3rem 6rem 2.5rem}
.top,.overview,.host,.claims,.post>h2,.experiment h3{max-width:52rem}
.host{margin-inline:0}
}
@media (min-width:84rem){
.bench{display:grid;grid-template:"prose fooled" auto "curve compared" auto/minmax(0,45rem) minmax(19rem,1fr);gap:1.8rem 2.5rem;align-items:start}
.prose{grid-area:prose}.curve{grid-area:curve}.compared{grid-area:compared;min-width:0}.fooled{grid-area:fooled;margin-top:.3rem}
.curve,.compared{margin-top:0}
.compared pre{max-height:27rem;font-size:.75rem;white-space:pre-wrap;overflow-wrap:anywhere}
}
`;
