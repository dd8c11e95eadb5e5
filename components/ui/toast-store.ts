/** A button inside a toast; pressing it closes the toast. */
export type ToastAction = { label: string; act: () => void }
export type Toast = { id: number; text: string; tone: 'ok' | 'danger'; action: ToastAction | null }

const SHOWN_MS = 5000
/** Long enough to notice the toast and to reach its button. */
const SHOWN_WITH_ACTION_MS = 12_000
let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function set(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

/** Shows a short sentence for a few seconds. Never the only place that shows an error. */
export function showToast(text: string, tone: Toast['tone'] = 'ok', action: ToastAction | null = null): void {
  const id = nextId++
  set([...toasts.slice(-2), { id, text, tone, action }])
  setTimeout(() => hideToast(id), action ? SHOWN_WITH_ACTION_MS : SHOWN_MS)
}

export function hideToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id))
}

export function currentToasts(): readonly Toast[] {
  return toasts
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
