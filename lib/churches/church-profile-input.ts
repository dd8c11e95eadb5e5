import { z } from 'zod'
import { profileLimits } from '#lib/churches/profile-limits.ts'
import { textBlock, textLine } from '#lib/text/text-input.ts'

/** The name of a server on the internet: at least two labels, of which the last is no number. */
const publicName = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)$/

/** The address of a website, also as people say it: `gracechurch.org` becomes `https://gracechurch.org/`. */
const website = textLine({ name: 'website', max: profileLimits.website }).transform((text, context) => {
  if (text === '') return ''
  const hasScheme = /^[a-z][a-z0-9+-]*:(?!\d)/i.test(text)
  const url = URL.parse(hasScheme ? text : `https://${text}`)
  const isWeb = url !== null && /^https?:$/.test(url.protocol) && publicName.test(url.hostname)
  if (isWeb && url.href.length <= profileLimits.website && url.username === '' && url.password === '')
    return url.href
  context.issues.push({
    code: 'custom',
    message: 'Give the address of the website, such as www.gracechurch.org.',
    input: text,
  })
  return z.NEVER
})

/** What a church says about itself on the home page. An empty text means that it says nothing. */
export const churchProfileSchema = z.object({
  description: textBlock({ name: 'description', max: profileLimits.description }),
  serviceTimes: textBlock({ name: 'service times', max: profileLimits.serviceTimes }),
  website,
  colour: z
    .union([z.literal(''), z.stringFormat('colour', /^#[0-9a-f]{6}$/i, 'Choose a colour.').toLowerCase()])
    .default(''),
})

export type ChurchProfile = z.infer<typeof churchProfileSchema>
