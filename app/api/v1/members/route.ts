import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { mailInvitation } from '#lib/churches/mail-invitation.ts'
import { inviteMember, listMembers } from '#lib/churches/members.ts'

const bodySchema = z.object({
  email: z.email('Give a valid email address.').max(254),
  role: z.enum(['owner', 'editor', 'viewer']),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/members', {
  GET: route({ access: 'owner' }, async ({ services, member: { churchId } }) => ({
    members: await listMembers(services, { churchId }),
  })),
  /** Adds a member, and mails them the link for their password where mail is configured. Only this response contains it. */
  POST: route(
    { access: 'owner', recentSignIn: true, body: bodySchema },
    async ({ services, member, body }) => {
      const { churchId, churchName: church, actor } = member
      const invited = await inviteMember(services, { churchId, actorId: actor.userId, ...body })
      const mailed = await mailInvitation(services.env, { email: body.email, church, link: invited.link })
      return Response.json({ ...invited, mailed }, { status: 201 })
    },
  ),
})
