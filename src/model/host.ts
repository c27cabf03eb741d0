/** One level of the data caches as the operating system reports it. */
export interface CacheLevel {
  readonly level: number;
  /** Bytes of one instance. */
  readonly bytes: number;
}

/** What a result depends on and a reader wants to know of the machine; nothing that tells whose machine it is. */
export interface Host {
  /** Hash of processor, cores, memory class, system and the runtime's major version. */
  readonly id: string;
  /** How a published record names its machine; a reader's own has none. */
  readonly label?: string;
  readonly cpu: string;
  readonly arch: string;
  readonly cores: number;
  /** Bytes, rounded to the nearest class (a power of two times 1, 1.25, 1.5 or 1.75). */
  readonly memory: number;
  readonly os: string;
  readonly virtual: boolean | null;
  readonly caches: readonly CacheLevel[];
}
