/** A port proxy in a process of its own: what `netsh interface portproxy add v4tov4` sets up, passed on by a program like Windows' own. */
import net from "node:net";
import { listen, type OpenCompanion } from "#lab";
import { join, type Address } from "./_loopback.ts";

export interface PortProxy {
  readonly host: string;
  readonly port?: number | undefined;
  /** Where the rule sends connections. It is fixed: nobody tells a rule that the server has moved. */
  readonly to: Address;
}

export const open: OpenCompanion<PortProxy, Address, "cpu", number> = async ({ host, port, to }) => {
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    join(client, net.connect({ ...to, allowHalfOpen: true, noDelay: true }));
  });
  const listening = await listen(server, { host, port });
  return {
    ready: { host, port: listening.port },
    answer: processorTime,
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  };
};

/** Seconds that this process has worked so far. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
