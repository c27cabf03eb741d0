import type { Socket } from "node:net";
import type { Clock } from "./clock.ts";

/** One way of a relay, shared by all its connections. */
export interface Link {
  /** Seconds. */
  readonly delay: number;
  /** Bytes a second. */
  readonly bandwidth: number;
  /** Bytes that one connection may have under way. */
  readonly window: number;
  readonly clock: Clock;
  /** Aborted when the relay closes. */
  readonly closing: AbortSignal;
  /** When the link will have sent off all that arrived so far; changed by its lines. */
  freeAt: number;
}

/** What is under way: bytes, or the news that the sender has ended, reset, or closed for good. */
interface Parcel {
  readonly due: number;
  readonly what: Buffer | "end" | "reset" | "closed";
}

/** One way of one connection: takes what a socket sends from the moment it is made, and delivers it later. */
export class Line {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #link: Link;
  readonly #parcels: Parcel[] = [];
  #underWay = 0;
  #arrived = (): void => {};

  /** @param earliest before then nothing counts as sent, in seconds of the link's clock. */
  constructor(from: Socket, to: Socket, link: Link, earliest = 0) {
    this.#from = from;
    this.#to = to;
    this.#link = link;
    const put = (what: Parcel["what"], bytes = 0): void => {
      const began = Math.max(link.clock.now(), link.freeAt);
      link.freeAt = began + bytes / link.bandwidth;
      this.#parcels.push({ due: Math.max(link.freeAt, earliest) + link.delay, what });
      this.#arrived();
    };
    let ended = false;
    from.on("data", (bytes: Buffer) => {
      put(bytes, bytes.length);
      this.#underWay += bytes.length;
      if (this.#underWay >= link.window) from.pause();
    });
    from.on("end", () => {
      ended = true;
      put("end");
    });
    // The error itself is told by `close`.
    from.on("error", () => {});
    from.on("close", (inError) => put(inError || !ended ? "reset" : "closed"));
  }

  /** Delivers until the sender has closed or the relay does. Never rejects. */
  async deliver(): Promise<void> {
    const { clock, closing } = this.#link;
    while (!closing.aborted) {
      const parcel = this.#parcels.shift() ?? (await this.#next());
      if (parcel === undefined) return;
      if (parcel.due > clock.now()) await clock.waitUntil(parcel.due, closing);
      if (parcel.what === "closed" || closing.aborted) return;
      if (parcel.what === "reset") {
        if (!this.#to.destroyed) this.#to.resetAndDestroy();
        return;
      }
      if (parcel.what === "end") this.#to.end();
      else await this.#write(parcel.what);
    }
  }

  #next(): Promise<Parcel | undefined> {
    return new Promise((resolve) => {
      const { closing } = this.#link;
      const settle = (): void => {
        this.#arrived = () => {};
        closing.removeEventListener("abort", settle);
        resolve(this.#parcels.shift());
      };
      this.#arrived = settle;
      closing.addEventListener("abort", settle, { once: true });
    });
  }

  async #write(bytes: Buffer): Promise<void> {
    // What is on its way to a socket that is gone is lost, as it would be on a wire.
    if (this.#to.writable && !this.#to.write(bytes)) await this.#drained();
    this.#underWay -= bytes.length;
    if (this.#from.isPaused() && this.#underWay < this.#link.window) this.#from.resume();
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        this.#to.off("drain", settle).off("close", settle);
        resolve();
      };
      this.#to.on("drain", settle).on("close", settle);
    });
  }
}
