/** What a host must have for an experiment to be tried at all; what it lacks is named in the ruling *not tried*. */
export interface Needs {
  /** Processors that the process may use. */
  readonly cores?: number;
  /** Bytes of memory that are free when the experiment starts. */
  readonly memory?: number;
  readonly platforms?: readonly NodeJS.Platform[];
  /** A package that may be absent because its platform has none. */
  readonly packages?: readonly string[];
}
