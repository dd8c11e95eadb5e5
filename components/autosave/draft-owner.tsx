'use client'

import { createContext, type ReactNode, useContext } from 'react'

const OwnerContext = createContext<string | null>(null)

/** Sets the owner of the drafts that the forms below it keep in this browser. */
export function DraftOwner({ userId, children }: { userId: string; children: ReactNode }) {
  return <OwnerContext value={userId}>{children}</OwnerContext>
}

/** The id of the person who types; only below `DraftOwner`. */
export function useDraftOwner(): string {
  const owner = useContext(OwnerContext)
  if (owner === null) throw new Error('Drafts need a DraftOwner above them.')
  return owner
}
