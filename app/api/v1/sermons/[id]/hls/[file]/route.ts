import { z } from 'zod'
import { recordingQuery, requireRecording } from '#app/_server/recording-query.ts'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { AppError } from '#lib/errors.ts'
import { renderMasterPlaylist, renderMediaPlaylist } from '#lib/media/hls-playlist.ts'
import { findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { readRenditions } from '#lib/sermons/read-renditions.ts'
import { createSignedDownloadUrl } from '#lib/storage/create-signed-download-url.ts'

const LIFE_SECONDS = 12 * 60 * 60
const REUSE_SECONDS = 60 * 60

const params = z.object({ id: z.uuid(), file: z.stringFormat('playlist', /^[a-z0-9]+\.m3u8$/) })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/hls/[file]', {
  /** `master.m3u8` names the renditions; `<rendition>.m3u8` points to its media file by a signed URL. */
  GET: route(
    { access: 'public', params, query: recordingQuery },
    async ({ services, actor, params: { id, file }, query }) => {
      const sermon = await findVisibleSermon(services, { id, actor })
      requireRecording(sermon, query)
      const renditions = await readRenditions(services, { sermonId: sermon.id })
      const playlist =
        file === 'master.m3u8'
          ? renderMasterPlaylist(renditions, (name) => `${name}.m3u8?recording=${sermon.mediaRevision}`)
          : await renderRendition(file.replace('.m3u8', ''))
      return new Response(playlist, {
        headers: { 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'private, max-age=60' },
      })

      async function renderRendition(name: string): Promise<string> {
        const rendition = renditions.find((candidate) => candidate.name === name)
        if (!rendition) throw new AppError('not_found', 'There is no such rendition.')
        const mediaUrl = await createSignedDownloadUrl(services, {
          bucket: rendition.bucket,
          path: rendition.path,
          lifeSeconds: LIFE_SECONDS,
          reuseSeconds: REUSE_SECONDS,
        })
        return renderMediaPlaylist(rendition.playlist, mediaUrl)
      }
    },
  ),
})
