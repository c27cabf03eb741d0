/**
 * A service that should work does not: it ended while it was in use, did not become ready in time, refused what the experiment asked
 * of it, or is not where the reader said. One line for the reader, without any password or address. Counts as a failure.
 */
export class ServiceFailed extends Error {
  override readonly name = "ServiceFailed";
}
