'use client'

import { Upload } from 'lucide-react'
import { type ChangeEvent, type ReactNode, useRef } from 'react'
import { Button, type ButtonSize, type ButtonVariant } from '#components/ui/button.tsx'
import { useUploads } from './upload-provider.tsx'

/** The file types that the file dialog offers first; the server decides what is a recording. */
export const acceptedTypes = 'audio/*,video/*,.mp3,.m4a,.wav,.flac,.ogg,.opus,.aac,.aif,.aiff,.mka,.mp4,.mov'

/** The button that opens the browser's file dialog for several files. */
export function ChooseFiles({
  variant = 'primary',
  size = 'md',
  children,
}: {
  variant?: ButtonVariant
  size?: ButtonSize
  children: ReactNode
}) {
  const { store } = useUploads()
  const input = useRef<HTMLInputElement>(null)

  function choose(event: ChangeEvent<HTMLInputElement>) {
    const files = Array.from(event.currentTarget.files ?? [])
    // Cleared, so that the same file can be chosen again, for example after a cancel.
    event.currentTarget.value = ''
    void store.addFiles(files.map((file) => ({ file })))
  }

  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        accept={acceptedTypes}
        onChange={choose}
        className="sr-only"
        tabIndex={-1}
        aria-hidden
      />
      <Button
        variant={variant}
        size={size}
        icon={<Upload aria-hidden size={18} />}
        onClick={() => input.current?.click()}
      >
        {children}
      </Button>
    </>
  )
}
