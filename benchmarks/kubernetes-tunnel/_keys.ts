/** Keys and certificates of one round. They are made anew, live in the memory of its processes, and end with them. */
import { generateKeyPairSync } from "node:crypto";
import { generate } from "selfsigned";
import ssh2 from "ssh2";

/** A key, its certificate, and the authority that signed it, as PEM. */
export interface Identity {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

export interface KeyPair {
  readonly public: string;
  readonly private: string;
}

export interface Keys {
  /** Who the API server is. */
  readonly server: Identity;
  /** Who kubectl is, as its kubeconfig says. */
  readonly user: Identity;
  /** Who the SSH server is, and who may log in there. */
  readonly host: KeyPair;
  readonly login: KeyPair;
  /** Of somebody whom the SSH server does not know. */
  readonly stranger: KeyPair;
}

/** A name in the server's certificate, valid at every address. */
export const SERVER_NAME = "localhost";

const DNS_NAME = 2;
const ADDRESS = 7;

/**
 * The names that K3s writes into the certificate of its API server: those of the service in the cluster, the node's host name and address,
 * and the node's loopback.
 * Source: https://github.com/k3s-io/k3s/discussions/9771 shows the addresses of one; `--tls-san` adds to them
 * (https://docs.k3s.io/cli/server).
 */
const namesOf = (node: string) => [
  ...["kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "gaming-pc", SERVER_NAME].map(
    (value) => ({ type: DNS_NAME, value }) as const,
  ),
  ...["10.43.0.1", "127.0.0.1", "::1", node].map((ip) => ({ type: ADDRESS, ip }) as const),
];

/** @param node address of the machine in whose cluster the API server runs: one of the names that its certificate is good for. */
export async function keys(node: string): Promise<Keys> {
  const made = {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
  } as const;
  const authority = await generate([{ name: "commonName", value: "k3s-server-ca" }], {
    ...made,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, critical: true },
    ],
  });
  const signed = async (
    name: string,
    extensions: NonNullable<Parameters<typeof generate>[1]>["extensions"] & object,
  ): Promise<Identity> => {
    const ca = { key: authority.private, cert: authority.cert };
    const it = await generate([{ name: "commonName", value: name }], { ...made, ca, extensions });
    return { authority: authority.cert, certificate: it.cert, key: it.private };
  };
  return {
    server: await signed("k3s", [
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: namesOf(node) },
    ]),
    user: await signed("system:admin", [{ name: "extKeyUsage", clientAuth: true }]),
    host: sshKey(),
    login: sshKey(),
    stranger: sshKey(),
  };
}

/** Made by the runtime: one in 256 of the Ed25519 keys that `ssh2` makes begins with a nought, which it forgets to write down. */
function sshKey(): KeyPair {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const written = privateKey.export({ type: "sec1", format: "pem" }).toString();
  const key = ssh2.utils.parseKey(written);
  if (key instanceof Error) throw key;
  return { private: written, public: `${key.type} ${key.getPublicSSH().toString("base64")}` };
}
