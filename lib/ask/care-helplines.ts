import { countryOfTimeZone } from '#lib/dates/country-of-time-zone.ts'

/**
 * Where to find help, by country: the emergency number first, then lines to talk to. Compared on 29 November 2026 with
 * several independent public lists each; no line itself was called. Hours are only given where the lists agree on them.
 */
const helpByCountry: Record<string, string> = {
  GB: 'In immediate danger call 999. Samaritans listen free at any hour on 116 123. The National Domestic Abuse Helpline is 0808 2000 247, and Childline 0800 1111.',
  IE: 'In immediate danger call 112 or 999. Samaritans listen free at any hour on 116 123. Women’s Aid is 1800 341 900, and Childline 1800 66 66 66.',
  US: 'In immediate danger call 911. Call or text 988, the Suicide & Crisis Lifeline, at any hour. The National Domestic Violence Hotline is 1-800-799-7233.',
  CA: 'In immediate danger call 911. Call or text 988, the Suicide Crisis Helpline, at any hour. Kids Help Phone is 1-800-668-6868.',
  AU: 'In immediate danger call 000. Lifeline listens at any hour on 13 11 14. 1800RESPECT, on 1800 737 732, helps with violence and abuse.',
  NZ: 'In immediate danger call 111. Call or text 1737 free at any hour to talk to a counsellor. Women’s Refuge is 0800 733 843.',
  ZA: 'In immediate danger call 112 or 10111. The Suicide Crisis Helpline is 0800 567 567. The Gender-Based Violence Command Centre is 0800 428 428.',
  DE: 'In immediate danger call 112. TelefonSeelsorge listens free at any hour on 0800 111 0 111 or 116 123. The Hilfetelefon for women who suffer violence is 116 016.',
  AT: 'In immediate danger call 112 or 144. TelefonSeelsorge listens free at any hour on 142. The Frauenhelpline is 0800 222 555.',
  CH: 'In immediate danger call 112 or 144. Die Dargebotene Hand listens at any hour on 143. Pro Juventute, for young people, is 147.',
  NL: 'In immediate danger call 112. Call 113 or 0800-0113, free at any hour. Veilig Thuis, for violence at home, is 0800-2000.',
  BE: 'In immediate danger call 112. The Zelfmoordlijn is 1813; Centre de Prévention du Suicide is 0800 32 123.',
  FR: 'In immediate danger call 112. Call 3114, free at any hour, to prevent suicide. For violence against women call 3919.',
  ES: 'In immediate danger call 112. Call 024, free at any hour, to prevent suicide. For violence against women call 016.',
  IT: 'In immediate danger call 112. Telefono Amico is 02 2327 2327. For violence and stalking call 1522.',
  SE: 'In immediate danger call 112. Självmordslinjen, on 90101, listens at any hour. Kvinnofridslinjen is 116 016.',
  NO: 'In immediate danger call 112 or 113. Mental Helse listens at any hour on 116 123. The VO-linjen, for violence at home, is 116 006.',
  DK: 'In immediate danger call 112. Livslinien listens on 70 201 201. Lev Uden Vold, for violence at home, is 1888.',
  BR: 'In immediate danger call 190 or 192. CVV listens free at any hour on 188. For violence against women call 180.',
  IN: 'In immediate danger call 112. Tele-MANAS listens free at any hour on 14416. The women’s helpline is 181, and Childline 1098.',
  SG: 'In immediate danger call 995 or 999. Samaritans of Singapore listen at any hour on 1767.',
  PH: 'In immediate danger call 911. The National Center for Mental Health listens free at any hour on 1553.',
}

const countries = Object.keys(helpByCountry)

/** The help text for the country of a time zone, or null where the product knows none. */
export function careHelpByTimeZone(timeZone: string): string | null {
  const country = countryOfTimeZone(timeZone, countries)
  return country === null ? null : (helpByCountry[country] ?? null)
}
