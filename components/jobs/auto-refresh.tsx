'use client'

import { useAutoRefresh } from './use-auto-refresh.ts'

const busyMs = 2000
const quietMs = 5000

/** Keeps a page up to date while somebody looks: oftener while something is going on. */
export function AutoRefresh({ isBusy, everyMs }: { isBusy: boolean; everyMs?: number | undefined }) {
  useAutoRefresh(everyMs ?? (isBusy ? busyMs : quietMs))
  return null
}
