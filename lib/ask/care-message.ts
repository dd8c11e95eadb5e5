const OPENING =
  'Thank you for saying this. You matter, and you do not have to carry it alone. Please talk to a person now.'
const HELP =
  'If you or someone else is in danger, call your emergency number (112 in Europe, 999 in the UK, 911 in the US and Canada, 000 in Australia). ' +
  'Free helplines: findahelpline.com lists one for your country; in the UK and Ireland Samaritans 116 123, in the US and Canada call or text 988, in Australia Lifeline 13 11 14. ' +
  'Tell someone near you, or your pastor, today.'

/** What a person in distress reads first. `help` takes the place of the general list of helplines. */
export function careMessage(help?: string): string {
  return `${OPENING} ${help ?? HELP}`
}
