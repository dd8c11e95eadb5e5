import type { MouseEvent } from 'react'

/** Does `act` in place of following the link, unless it is opened elsewhere. */
export function followHere(event: MouseEvent, act: () => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  act()
}
