/** What takes part, each in a process of its own that ends with the trial. */
import { companion, type Companion } from "#lab";
import type { ApiServer, open as openApi } from "./_api-server.ts";
import type { open as openProxy, PortProxy } from "./_port-proxy.ts";
import type { open as openTunnel, Tunnel } from "./_ssh-client.ts";
import type { open as openSsh, SshServer } from "./_ssh-server.ts";

export type ApiProcess = Companion<typeof openApi>;
export type ProxyProcess = Companion<typeof openProxy>;
export type SshProcess = Companion<typeof openSsh>;
export type TunnelProcess = Companion<typeof openTunnel>;

const moduleOf = (name: string): string => new URL(`./_${name}.ts`, import.meta.url).href;

export const startApi = (options: ApiServer, signal: AbortSignal): Promise<ApiProcess> =>
  companion<typeof openApi>({ module: moduleOf("api-server"), options, signal, name: "API server" });

export const startProxy = (options: PortProxy, signal: AbortSignal): Promise<ProxyProcess> =>
  companion<typeof openProxy>({ module: moduleOf("port-proxy"), options, signal, name: "port proxy" });

export const startSsh = (options: SshServer, signal: AbortSignal): Promise<SshProcess> =>
  companion<typeof openSsh>({ module: moduleOf("ssh-server"), options, signal, name: "SSH server" });

export const startTunnel = (options: Tunnel, signal: AbortSignal): Promise<TunnelProcess> =>
  companion<typeof openTunnel>({ module: moduleOf("ssh-client"), options, signal, name: "SSH client" });
