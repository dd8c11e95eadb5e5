import { z } from 'zod'
import { recordingQuery, requireRecording } from '#app/_server/recording-query.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { AppError } from '#lib/errors.ts'
import { renderMasterPlaylist, renderMediaPlaylist } from '#lib/media/hls-playlist.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { readRenditions } from '#lib/sermons/read-renditions.ts'
import { redirectToObject } from '#lib/storage/redirect-to-object.ts'

const params = z.object({ id: z.uuid(), file: z.stringFormat('file', /^[a-z0-9]+\.(m3u8|mp4)$/) })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/hls/[file]', {
  /**
   * `master.m3u8` names the renditions, `<rendition>.m3u8` names the byte ranges of `<rendition>.mp4`, and that
   * redirects to the stored file. Every part of a recording is requested here, so unpublishing takes effect soon.
   */
  GET: route(
    { access: 'public', params, query: recordingQuery },
    async ({ services, actor, params: { id, file }, query }) => {
      const sermon = await findVisibleSermon(services, { id, actor })
      requireRecording(sermon, query)
      const renditions = await readRenditions(services, { sermonId: sermon.id })
      const sameRecording = `recording=${sermon.mediaRevision}`
      if (file === 'master.m3u8') {
        return playlist(renderMasterPlaylist(renditions, (name) => `${name}.m3u8?${sameRecording}`))
      }
      const [name, extension] = file.split('.')
      const rendition = renditions.find((candidate) => candidate.name === name)
      if (!rendition) throw new AppError('not_found', 'There is no such rendition.')
      return extension === 'm3u8'
        ? playlist(renderMediaPlaylist(rendition.playlist, `${name}.mp4?${sameRecording}`))
        : redirectToObject(services, rendition)
    },
  ),
})

function playlist(text: string): Response {
  return new Response(text, {
    headers: { 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'private, max-age=60' },
  })
}
