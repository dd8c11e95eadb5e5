import { careHelpByTimeZone } from './care-helplines.ts'

const OPENING =
  'Thank you for saying this. You matter, and you do not have to carry it alone. Please talk to a person now.'
const HELP =
  'If you or someone else is in danger, call your emergency number (112 in Europe, 999 in the UK, 911 in the US and Canada, 000 in Australia). ' +
  'Free helplines: findahelpline.com lists one for your country; in the UK and Ireland Samaritans 116 123, in the US and Canada call or text 988, in Australia Lifeline 13 11 14.'
const CLOSING = 'Tell someone near you, or your pastor, today.'

type CareSource = {
  /** The text of the church, or null. */
  churchHelp?: string | null | undefined
  /** The text for every church of the installation, where there is one. */
  installationHelp?: string | undefined
  /** The time zone of the church, which tells its country. */
  timeZone?: string | undefined
}

/** What a person in distress reads first: the opening, and where to find help, the most particular text there is. */
export function careMessageParts({ churchHelp, installationHelp, timeZone }: CareSource): {
  opening: string
  help: string
} {
  const own = churchHelp ?? installationHelp
  const byCountry = timeZone === undefined ? null : careHelpByTimeZone(timeZone)
  return { opening: OPENING, help: own ?? `${byCountry ?? HELP} ${CLOSING}` }
}

/** What a person in distress reads first, as one text. */
export function careMessage(source: CareSource): string {
  const { opening, help } = careMessageParts(source)
  return `${opening} ${help}`
}
