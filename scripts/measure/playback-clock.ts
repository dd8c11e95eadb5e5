/** What a listener hears of what has arrived. All times are milliseconds of one clock. */
export class PlaybackClock {
  readonly #pressedMs: number
  #startedMs: number | null = null
  /** When everything that has arrived will have been heard. */
  #emptyAtMs = 0
  readonly stallsMs: number[] = []

  constructor(pressedMs: number) {
    this.#pressedMs = pressedMs
  }

  /** From the press of play to sound; null while there is none. */
  get startMs(): number | null {
    return this.#startedMs === null ? null : this.#startedMs - this.#pressedMs
  }

  /** How much of what has arrived is not heard yet. */
  aheadMs(nowMs: number): number {
    return this.#startedMs === null ? 0 : Math.max(0, this.#emptyAtMs - nowMs)
  }

  /** A part of `durationMs` has arrived. */
  arrive(durationMs: number, nowMs: number): void {
    this.#startedMs ??= nowMs
    this.#noteStall(nowMs)
    this.#emptyAtMs = Math.max(nowMs, this.#emptyAtMs) + durationMs
  }

  /** The listener stops: a stall that lasts counts too. */
  finish(nowMs: number): void {
    this.#noteStall(nowMs)
  }

  #noteStall(nowMs: number): void {
    if (this.#emptyAtMs > 0 && nowMs > this.#emptyAtMs) this.stallsMs.push(nowMs - this.#emptyAtMs)
  }
}
