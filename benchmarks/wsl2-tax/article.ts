import { article } from "#lab";

/**
 * What a Go build pays when the toolchain runs in WSL2 and the source lies on the Windows side. The mechanism, many small file operations
 * across a slow boundary, carries over to esbuild and tsc; the Go compiler does not, nor, away from Windows, does the boundary itself:
 * there an added delay per operation stands in for it and is called a model. Reading files, building and running are three files: only the
 * first two pay.
 */
export default article({
  title: "The WSL2 Performance Tax: Why Your Go Apps Are Slow on Windows",
  slug: "the-wsl2-performance-tax-why-your-go-apps-are-slow-on-windows",
  published: "2026-03",
  claims: {
    "wsl2-tax-01": {
      claim: "Building Go code in WSL2 from source on the Windows file system slows every single build.",
      quantity: "hidden tax per build",
      where: "listing",
      testable: "measure",
    },
    "wsl2-tax-02": {
      claim: "The CPU cycles that WSL2 builds lose at the file system boundary can be won back.",
      where: "listing",
      testable: "check",
    },
    "wsl2-tax-03": {
      claim: "Keeping the source on the Windows side of WSL2 makes Go applications slow, not only their builds.",
      where: "listing",
      testable: "measure",
    },
  },
});
