import type { Player } from './player.ts'

const typingRoles = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton'])
/**
 * Elements that use the arrow keys themselves. Not buttons and links: after a press of play or of a sentence of the
 * transcript the arrow keys skip.
 */
const usesArrows = 'select, input, [role="slider"], [role="tab"], [role="menuitem"], [role="option"]'
/** Not links: a press of Space would scroll the page. */
const usesSpace = `button, summary, ${usesArrows}`

export type PlayerKey = 'toggle' | 'back' | 'forward' | 'mute' | 'slower' | 'faster' | 'help'

/**
 * The player command of a key press, or null if the key is for the page. Letters and symbols count only with
 * `letters`: people who control their computer by voice must be able to turn them off.
 */
export function readPlayerKey(
  event: {
    key: string
    ctrlKey: boolean
    metaKey: boolean
    altKey: boolean
    defaultPrevented: boolean
    target: EventTarget | null
  },
  { letters }: { letters: boolean },
): PlayerKey | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null
  const element = event.target instanceof Element ? event.target : null
  if (element && isTyping(element)) return null
  const isOwn = (parts: string) => element?.closest(parts) != null
  switch (event.key) {
    case ' ':
      return isOwn(usesSpace) ? null : 'toggle'
    case 'ArrowLeft':
      return isOwn(usesArrows) ? null : 'back'
    case 'ArrowRight':
      return isOwn(usesArrows) ? null : 'forward'
    default:
      return letters ? (letterKeys[event.key] ?? null) : null
  }
}

const letterKeys: Record<string, PlayerKey> = {
  k: 'toggle',
  j: 'back',
  l: 'forward',
  m: 'mute',
  '<': 'slower',
  '>': 'faster',
  '?': 'help',
}

function isTyping(element: Element): boolean {
  if (element instanceof HTMLElement && element.isContentEditable) return true
  if (element.closest('[role="dialog"] form')) return true
  if (element instanceof HTMLInputElement)
    return !['range', 'checkbox', 'radio', 'button'].includes(element.type)
  return (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    typingRoles.has(element.getAttribute('role') ?? '')
  )
}

export function runPlayerKey(player: Player, key: Exclude<PlayerKey, 'help'>): void {
  if (key === 'toggle') player.toggle()
  else if (key === 'back') player.skipBack()
  else if (key === 'forward') player.skipForward()
  else if (key === 'mute') player.preferences.toggleMute()
  else player.preferences.stepRate(key === 'faster' ? 1 : -1)
}
