'use client'

import { ChooseFiles } from './choose-files.tsx'
import { useUploadItems } from './upload-provider.tsx'

/** What an empty dashboard is: the place to put the first recording. */
export function DropArea() {
  const items = useUploadItems()
  if (items.length > 0) return null
  return (
    <div className="grid place-items-center rounded-card border-2 border-line-strong border-dashed px-6 py-20 text-center">
      <h2 className="title text-xl">Drop your first recording here</h2>
      <p className="mt-3 mb-7 max-w-md text-base text-soft">
        Audio or video, one or many. Selah prepares it for listening, transcribes it and makes it searchable
        while you fill in the rest.
      </p>
      <ChooseFiles size="lg">Choose recordings</ChooseFiles>
    </div>
  )
}
