'use client'

import { useAutoRefresh } from './use-auto-refresh.ts'

const busyMs = 2000
const quietMs = 10_000

/** Keeps a page of runs up to date: often while something is going on. */
export function AutoRefresh({ isBusy }: { isBusy: boolean }) {
  useAutoRefresh(isBusy ? busyMs : quietMs)
  return null
}
