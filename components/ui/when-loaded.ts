/** Starts something as soon as its code is loaded. Returns a function that stops it, also before it has started. */
export function whenLoaded<File>(loading: Promise<File>, start: (file: File) => () => void): () => void {
  let isOver = false
  let stop = () => {}
  void loading.then((file) => {
    if (!isOver) stop = start(file)
  })
  return () => {
    isOver = true
    stop()
  }
}
