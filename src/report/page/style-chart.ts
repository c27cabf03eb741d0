/** Charts: drawings, and what the script puts in their place. */
export const chartStyles = `
.chart svg{display:block;width:100%;height:auto}
.chart text{font-family:var(--sans)}
.alive .chart{display:none}
.unseen{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.controls{display:flex;flex-wrap:wrap;gap:.35rem 1rem;align-items:center;margin:0 0 .7rem;font-size:.8125rem;line-height:1.3}
.choices{display:flex;flex-wrap:wrap;gap:.15rem .3rem;align-items:center;min-width:0}
.controls>.choices:not(.switch):not(.hosts){flex:1 1 0;min-width:min(15rem,100%)}
.choice,.key{display:inline-flex;align-items:center;gap:.45em;max-width:100%;min-height:1.75rem;padding:.15rem .5rem;text-align:start}
.choice{background:none;border:1px solid transparent;border-radius:6px;cursor:pointer}
.choice:hover{border-color:var(--line);background:var(--wash)}
.choice[aria-pressed=false]{color:var(--muted)}
.choice[aria-pressed=false] bdi{text-decoration:line-through;text-decoration-thickness:1px}
.choice[aria-pressed=false] canvas{opacity:.4}
.choice canvas,.key canvas{width:28px;height:14px;flex:none}
.choice bdi{overflow:hidden;text-overflow:ellipsis;min-width:0}
.key{color:var(--muted)}
.hosts{flex-basis:100%}.also{color:var(--muted);margin-inline-end:.2rem}
.hosts .choice::before{content:"";width:.85em;height:.85em;border:1.5px solid currentColor;border-radius:3px;flex:none}
.hosts .choice[aria-pressed=true]::before{background:linear-gradient(currentColor,currentColor) center/60% 60% no-repeat}
.hosts .choice[aria-pressed=false] bdi{text-decoration:none}
.switch{gap:0;margin-inline-start:auto;flex:none;flex-wrap:nowrap}
.switch .choice{border-radius:0;margin-inline-start:-1px;border-color:var(--line)}
.switch .choice:first-child{border-radius:99px 0 0 99px}.switch .choice:last-child{border-radius:0 99px 99px 0}
.switch .choice[aria-pressed=true]{background:var(--wash);color:var(--ink);font-weight:600;border-color:var(--muted);position:relative}
.stage{position:relative;touch-action:pan-y;cursor:crosshair;border-radius:4px}
.stage canvas{display:block}
.canvases canvas+canvas{margin-top:1rem}
.readout{position:absolute;left:0;top:0;visibility:hidden;pointer-events:none;width:max-content;max-width:min(21rem,92%);padding:.5rem .75rem .55rem;
background:var(--paper);border:1px solid var(--line);border-radius:8px;box-shadow:var(--shade);font-size:.8125rem;line-height:1.4;z-index:2}
.readout[data-shown]{visibility:visible}
.who{color:var(--muted)}.who .at::before{content:" · "}
.dot{display:inline-block;width:.6em;height:.6em;border-radius:50%;margin-inline-end:.45em}
.value{font-size:1.0625rem;font-weight:650;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
.doubt-line{color:var(--muted);font-variant-numeric:tabular-nums}
figcaption{display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.8125rem;line-height:1.5;color:var(--muted);margin-top:.7rem}
figcaption>span:first-child{flex:1 1 24rem}
.files{display:flex;flex-wrap:wrap;gap:0 .9em}
.absent{flex-basis:100%}.overlaid{display:none}.alive .overlaid{display:inline}
@media (max-width:38rem){.switch{margin-inline-start:0}}
@media (prefers-reduced-motion:no-preference){.choice{transition:border-color .15s,color .15s}}
`;
