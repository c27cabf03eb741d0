import { article } from "#lab";

/**
 * Driving a Kubernetes cluster that runs in WSL2 on one machine from a laptop on the same network, through an SSH tunnel. The network
 * set-up is tested with real sockets, real TLS and a real SSH connection on loopback; Windows, WSL2 and the laptop themselves take no part.
 *
 * The tunnel stands beside what it replaces, the API server on the network and a port proxy: what each of them exposes, blocks and loses in
 * a restart, and what it costs a small request and a large answer. The stand-in for the API server makes kubectl's kinds of traffic, not
 * Kubernetes' answers.
 */
export default article({
  title: "Kubernetes on WSL2 and the macOS tunnel",
  slug: "kubernetes-on-wsl2-and-the-macos-tunnel",
  published: "2026-04",
  claims: {
    "k8s-wsl2-01": {
      claim: "A MacBook can securely drive a k3s cluster that runs in WSL2 on a Windows gaming PC.",
      where: "listing",
      testable: "cite",
      source: {
        title: "K3s documentation, “Cluster Access”: any machine outside can, given the kubeconfig; says nothing of WSL2",
        url: "https://docs.k3s.io/cluster-access",
        date: "2026-11-21",
      },
    },
    "k8s-wsl2-02": {
      claim: "A cluster in WSL2 can be driven from another machine with nothing exposed on the local network.",
      where: "listing",
      testable: "check",
    },
    "k8s-wsl2-03": {
      claim: "SSH and a tunnel to the control plane are enough; port-proxy rules, which are fragile, are not needed.",
      where: "listing",
      testable: "check",
    },
  },
});
