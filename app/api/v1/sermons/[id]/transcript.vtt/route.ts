import { refuseOthers } from '#app/_server/refuse-others.ts'
import { route } from '#app/_server/route.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { AppError } from '#lib/errors.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { fromStoredTranscript } from '#lib/transcripts/from-stored-transcript.ts'
import { renderVtt } from '#lib/transcripts/render-vtt.ts'

export const GET = route({ access: 'public', params: sermonParams }, async ({ services, actor, params }) => {
  const sermon = await findVisibleSermon(services, { id: params.id, actor })
  const transcript = await readTranscript(services, { sermonId: sermon.id })
  if (!transcript) throw new AppError('not_found', 'This sermon has no transcript yet.')
  const vtt = renderVtt({ ...fromStoredTranscript(transcript), isDraft: transcript.isDraft })
  return new Response(vtt, { headers: { 'content-type': 'text/vtt; charset=utf-8' } })
})

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
