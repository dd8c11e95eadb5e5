import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { mailInvitation } from '#lib/churches/mail-invitation.ts'
import { renewInvitation } from '#lib/churches/members.ts'

const params = z.object({ id: z.uuid() })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/members/[id]/invitation', {
  /** Makes a new link for a person who has not signed in yet. Only this response contains it. */
  POST: route(
    { access: 'owner', recentSignIn: true, params },
    async ({ services, member, params: { id } }) => {
      const { churchId, churchName: church, actor } = member
      const { email, link } = await renewInvitation(services, { churchId, actorId: actor.userId, userId: id })
      const mailed = await mailInvitation(services.env, { email, church, link })
      return Response.json({ link, mailed }, { status: 201 })
    },
  ),
})
