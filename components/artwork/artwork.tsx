import { classNames } from '#components/ui/class-names.ts'
import { artworkColours, figureSize, motifPaths } from '#lib/artwork/motif-paths.ts'
import { type ArtworkSubject, planArtwork } from '#lib/artwork/plan-artwork.ts'

/** The artwork of a sermon or series, generated from its title. Decorative: the title is always shown next to it. */
export function Artwork({
  className,
  isSmall = false,
  ...subject
}: ArtworkSubject & {
  className?: string
  /** Too small for the label: only the letters, in the middle. */
  isSmall?: boolean
}) {
  const plan = planArtwork(subject)
  const hasLabel = plan.label !== '' && !isSmall
  const colours = artworkColours(plan)
  const size = figureSize(plan.figure)
  return (
    <svg
      aria-hidden
      viewBox="0 0 100 100"
      className={classNames('block aspect-square select-none overflow-hidden rounded-card', className)}
    >
      <rect width="100" height="100" fill={colours.ground} />
      <path d={motifPaths(plan).join('')} fill="none" stroke={colours.lines} strokeWidth="0.9" />
      {hasLabel ? (
        <text
          x="9"
          y="17"
          fill={colours.label}
          style={{ fontFamily: 'var(--font-serif)', fontStyle: 'italic', fontSize: '9.5px' }}
        >
          {plan.label}
        </text>
      ) : null}
      <text
        x={isSmall ? 50 : 8}
        y={isSmall ? 50 + size * 0.36 : (hasLabel ? 22 : 12) + size * 0.72}
        textAnchor={isSmall ? 'middle' : 'start'}
        fill={colours.letters}
        style={{
          fontFamily: 'var(--font-serif)',
          fontWeight: 500,
          fontSize: `${size}px`,
          letterSpacing: '-0.03em',
          fontVariantNumeric: 'lining-nums',
        }}
      >
        {plan.figure}
      </text>
    </svg>
  )
}
