/**
 * This host has no such service, so what needs it is *not tried*: the package has no binaries for this platform, they will not run
 * here, or the server that the reader named cannot do what is asked. A service that ran and then broke is a `ServiceFailed`.
 */
export class ServiceUnavailable extends Error {
  override readonly name = "ServiceUnavailable";
  /** One clause for the ruling *not tried*: "it needs Postgres, and …". Holds no path, address or password. */
  readonly because: string;

  constructor(because: string) {
    super(because);
    this.because = because;
  }
}
