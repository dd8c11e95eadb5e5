import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { renewUpload } from '#lib/sermons/complete-upload.ts'
import { replaceRecording } from '#lib/sermons/replace-recording.ts'
import { recordingSchema } from '#lib/sermons/sermon-input.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/sermons/[id]/upload', {
  /** A new permission to resume the sermon's upload. */
  POST: route({ access: 'editor', params: sermonParams }, async ({ services, member, params }) => ({
    upload: await renewUpload(services, {
      sermonId: params.id,
      churchId: member.churchId,
      actorId: member.actor.userId,
    }),
  })),
  /** Permission to upload another recording that replaces the current one. */
  PUT: route(
    { access: 'editor', params: sermonParams, body: recordingSchema },
    async ({ services, member, params, body }) => ({
      upload: await replaceRecording(services, {
        sermonId: params.id,
        churchId: member.churchId,
        actorId: member.actor.userId,
        ...body,
      }),
    }),
  ),
})
