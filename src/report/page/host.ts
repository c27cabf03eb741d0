import type { RunRecord } from "../../model/record.ts";
import { dateWords, quantity, short } from "../words.ts";
import { html, type Markup } from "./markup.ts";

/** One card for each machine that the records come from, with when and how thoroughly they were taken. */
export function hosts(records: readonly RunRecord[]): Markup {
  const byHost = Map.groupBy(records, ({ host }) => host.id);
  if (byHost.size === 0) return html`<p class="note">Nothing has been measured yet.</p>`;
  return html`${[...byHost.values()].map((own) => hostCard(own[0]!.host, own))}`;
}

function hostCard(host: RunRecord["host"], records: readonly RunRecord[]): Markup {
  const dates = records.map(({ startedAt }) => startedAt).toSorted();
  const [first, last] = [dateWords(dates[0]!), dateWords(dates[dates.length - 1]!)];
  const efforts = [...new Set(records.map(({ effort }) => effort))].join(" and ");
  const runtimes = [...new Set(records.map(({ runtime }) => runtime))].slice(0, 3).join(", ");
  const caches = host.caches.map(({ level, bytes }) => `L${level} ${quantity(bytes, "bytes")}`).join(", ");
  const facts: [string, string][] = [
    ["processor", short(host.cpu, 100)],
    ["cores", `${host.cores}${host.virtual === true ? ", virtual machine" : ""}`],
    ["memory", quantity(host.memory, "bytes")],
    ["data caches", caches === "" ? "not reported" : short(caches, 160)],
    ["system", `${short(host.os, 100)}, ${short(host.arch, 40)}`],
    ["runtime", short(runtimes, 160)],
    ["measured", first === last ? first : `${first} to ${last}`],
    ["effort", `${efforts}, ${records.length} ${records.length === 1 ? "experiment" : "experiments"}`],
  ];
  return html` <section class="host" id="host-${host.id}" aria-label="Host ${host.id}">
    <h2>${host.label === undefined ? "This machine" : short(host.label, 120)} <span class="id">${host.id}</span></h2>
    <dl>
      ${facts.map(
        ([name, fact]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${fact}</dd>
          </div>`,
      )}
    </dl>
    ${caches === "" && html`<p class="aside">This system does not report its caches: charts carry no marks.</p>`}
  </section>`;
}
