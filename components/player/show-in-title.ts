import type { Player } from './player.ts'

const MARK = '▶ '

/**
 * Shows in the title of the window what plays, also after the page has changed. Returns a function that puts the page's
 * own title back.
 */
export function showInTitle(player: Player): () => void {
  let ownTitle = document.title
  const show = () => {
    if (!document.title.startsWith(MARK)) ownTitle = document.title
    const { track, status } = player.store.read()
    const wanted = track && status === 'playing' ? `${MARK}${track.title}` : ownTitle
    if (document.title !== wanted) document.title = wanted
  }
  const unsubscribe = player.store.subscribe(show)
  // The next page sets a title of its own.
  const observer = new MutationObserver(show)
  observer.observe(document.head, { childList: true, subtree: true, characterData: true })
  show()
  return () => {
    unsubscribe()
    observer.disconnect()
    document.title = ownTitle
  }
}
