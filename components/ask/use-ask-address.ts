'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo, useState } from 'react'
import { type AskAddress, readAskAddress, writeAskAddress } from './ask-address.ts'

/**
 * What is asked, and how to ask something else. On the page `/ask` it is the address of the page, so that an
 * answer can be reloaded, shared and returned to; elsewhere (`start` is given) the component keeps it.
 */
export function useAskAddress(
  start: AskAddress | null,
): [address: AskAddress, go: (address: AskAddress, how?: 'push' | 'replace') => void] {
  const params = useSearchParams()
  const [own, setOwn] = useState(start)
  const address = useMemo(() => own ?? readAskAddress(params), [own, params])
  const isOwn = own !== null
  const go = useCallback(
    (next: AskAddress, how: 'push' | 'replace' = 'push') => {
      if (isOwn) setOwn(next)
      else if (how === 'push') window.history.pushState(null, '', writeAskAddress(next))
      else window.history.replaceState(null, '', writeAskAddress(next))
    },
    [isOwn],
  )
  return [address, go]
}
