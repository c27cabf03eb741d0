/**
 * What a file operation on the Windows side takes longer than one on a Linux disk, as others measured it on real machines under WSL2. Two
 * sources, a factor of four apart:
 *
 * - 240 µs: a thousand times open, write a byte, close, open, read and stat took 1.498 s on `/mnt/c` and 0.053 s on WSL's own disk, which
 *   is 1.4 ms for six operations (Windows 10). Source: https://github.com/microsoft/WSL/issues/9430 (January 2023).
 * - 1,020 µs: one `stat()` on NTFS from WSL2, where ext4 takes 1.7 µs. Source: https://github.com/microsoft/WSL/issues/7038 (June 2021).
 *
 * The claims of the model are read at the lesser one or below it.
 */
export const MEASURED_MICROSECONDS = [240, 1_020] as const;
