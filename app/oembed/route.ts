import { z } from 'zod'
import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findPublicSermon } from '#lib/sermons/find-public-sermon.ts'
import {
  describeOembed,
  describeSeriesOembed,
  readEmbeddedAddress,
  renderOembedXml,
} from '#lib/sharing/describe-oembed.ts'
import { readSeriesPlaylist } from '#lib/sharing/read-series-playlist.ts'
import { textKey } from '#lib/text/text-input.ts'

const room = z.coerce.number().int().min(1).optional()
const query = z.object({
  url: textKey({ name: 'address', max: 2000 }),
  format: z.enum(['json', 'xml']).default('json'),
  maxwidth: room,
  maxheight: room,
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/oembed', {
  /** Tells another site how to show the sermon or series at `url` in a frame. */
  GET: visitorRoute({ query }, async ({ services, request, query }) => {
    await limitRequest(services, 'feed', findCaller(null, request.headers))
    const siteUrl = services.env.SITE_URL
    const own = `http://${request.headers.get('x-forwarded-host') ?? request.headers.get('host')}`
    const { kind, slug, ...start } = readEmbeddedAddress(query.url, [siteUrl, own])
    const frame = { siteUrl, room: { maxWidthPx: query.maxwidth, maxHeightPx: query.maxheight } }
    const description =
      kind === 'series'
        ? describeSeriesOembed(await readSeriesPlaylist(services, { slug }), { ...frame, start })
        : describeOembed(await findPublicSermon(services, { slug }), { ...frame, startMs: start.startMs })
    const isXml = query.format === 'xml'
    return answerWithTag(request, {
      body: isXml ? renderOembedXml(description) : JSON.stringify(description),
      contentType: isXml ? 'text/xml; charset=utf-8' : 'application/json',
      cacheControl: 'public, no-cache',
    })
  }),
})
