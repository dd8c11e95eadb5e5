/** Sound that was heard for this long counts as listened to. */
const HEARD_MS = 1500
const LENGTH_MS = 12_000

export type PartEdge = 'start' | 'end'

/** The times that are played to hear one edge of a part: what follows its start, or what is before its end. */
export function timesAtEdge(
  edge: PartEdge,
  { startMs, endMs }: { startMs: number; endMs: number },
): { fromMs: number; toMs: number } {
  return edge === 'start'
    ? { fromMs: startMs, toMs: Math.min(endMs, startMs + LENGTH_MS) }
    : { fromMs: Math.max(startMs, endMs - LENGTH_MS / 2), toMs: endMs }
}

/**
 * Plays a stretch of a sound file and stops. `onHeard` is called once enough of it was played, `onStop` when it ends or
 * cannot be played. Returns a function that stops it.
 */
export function playStretch(
  audio: HTMLAudioElement,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  { onHeard, onStop }: { onHeard: () => void; onStop: (failed: boolean) => void },
): () => void {
  const heardMs = Math.min(HEARD_MS, (toMs - fromMs) / 2)
  let frame = 0
  let stopped = false
  const stop = (failed = false) => {
    if (stopped) return
    stopped = true
    cancelAnimationFrame(frame)
    audio.pause()
    audio.removeEventListener('error', fail)
    onStop(failed)
  }
  const fail = () => stop(true)
  // Events of the element come four times a second: too seldom for an end that is judged by ear.
  const watch = () => {
    const atMs = audio.currentTime * 1000
    if (!audio.paused && atMs >= fromMs + heardMs && atMs <= toMs + HEARD_MS) onHeard()
    if (atMs >= toMs || audio.ended) return stop()
    frame = requestAnimationFrame(watch)
  }
  audio.addEventListener('error', fail)
  audio.currentTime = fromMs / 1000
  audio.play().then(() => {
    if (!stopped) frame = requestAnimationFrame(watch)
  }, fail)
  return () => stop()
}
