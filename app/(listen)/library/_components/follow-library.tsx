'use client'

import { useEffect } from 'react'
import { followRecordings, sermonsOf } from '#components/library/follow-recordings.ts'
import { useLibrary } from '#components/library/use-library.ts'

/** Brings the library to the present recordings of its sermons, also when it has arrived from another device. */
export function FollowLibrary() {
  const sermonIds = sermonsOf(useLibrary()).join()
  useEffect(() => {
    if (sermonIds !== '') void followRecordings(sermonIds.split(','))
  }, [sermonIds])
  return null
}
