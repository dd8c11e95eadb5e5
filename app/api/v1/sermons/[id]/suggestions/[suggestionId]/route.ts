import { z } from 'zod'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { decideSuggestion } from '#lib/sermons/review-suggestions.ts'

const params = sermonParams.extend({ suggestionId: z.uuid() })
const body = z.object({ decision: z.enum(['accepted', 'declined']) })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes(
  '/api/v1/sermons/[id]/suggestions/[suggestionId]',
  {
    /** Accepts or declines a suggestion. An accepted one corrects the transcript. */
    POST: route({ access: 'editor', params, body }, async ({ services, member, params, body }) => {
      await decideSuggestion(
        { ...services, now: () => new Date() },
        {
          churchId: member.churchId,
          actorId: member.actor.userId,
          sermonId: params.id,
          id: params.suggestionId,
          decision: body.decision,
        },
      )
      return { decided: true }
    }),
  },
)
