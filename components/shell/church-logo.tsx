import { classNames } from '#components/ui/class-names.ts'
import type { ChurchLogo as Logo } from '#lib/churches/church-profile.ts'

const HEIGHT_PX = 64
const MAX_WIDTH_PX = 160

/**
 * The logo of a church, on white: most logos are made for white paper, and would be invisible in a dark theme.
 * Decorative: the name of the church is always shown next to it. A plain `img`: it is not resized, and the component of
 * Next.js would be a twentieth of the scripts of the home page.
 */
export function ChurchLogo({ logo, className }: { logo: Logo; className?: string }) {
  const scale = Math.min(HEIGHT_PX / logo.heightPx, MAX_WIDTH_PX / logo.widthPx)
  const [widthPx, heightPx] = [Math.round(logo.widthPx * scale), Math.round(logo.heightPx * scale)]
  return (
    <img
      src={logo.src}
      alt=""
      width={widthPx}
      height={heightPx}
      style={{ width: widthPx, height: heightPx }}
      className={classNames('box-content shrink-0 rounded-card bg-white p-1.5', className)}
    />
  )
}
