import { classNames } from '#components/ui/class-names.ts'
import type { ClipShape } from './clip-schema.ts'

const widths: Record<ClipShape, string> = {
  square: 'aspect-square max-w-96',
  portrait: 'aspect-9/16 max-w-64',
  landscape: 'aspect-video max-w-2xl',
  audio: 'max-w-xl',
}

/** A ready clip in the player of the browser. Its words are in the picture, and captions for everyone who needs them. */
export function ClipPlayer({
  clip,
  language,
  label,
}: {
  clip: { shape: ClipShape; file: string; id: string }
  /** The language of the words, as a tag of BCP 47. */
  language?: string
  label: string
}) {
  const captions = `/api/v1/clips/${clip.id}/captions.vtt`
  const look = classNames('w-full', widths[clip.shape])
  return clip.shape === 'audio' ? (
    <audio controls preload="metadata" src={clip.file} aria-label={label} className={look}>
      <track kind="captions" src={captions} srcLang={language} label={label} />
    </audio>
  ) : (
    <video
      controls
      playsInline
      preload="metadata"
      src={clip.file}
      aria-label={label}
      className={`${look} rounded-card bg-sunken`}
    >
      <track kind="captions" src={captions} srcLang={language} label={label} />
    </video>
  )
}
