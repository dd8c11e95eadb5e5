import { authoriseUser } from '../authorise-user.ts'
import type { Endpoint } from './endpoint.ts'

/** POST /logout?scope=global|local|others */
export const signOut: Endpoint = async (context, request) => {
  const { user, sessionId } = await authoriseUser(context, request.caller.userToken)
  switch (request.query.get('scope')) {
    case 'local':
      await context.pool.query('delete from auth.sessions where id = $1', [sessionId])
      break
    case 'others':
      await context.pool.query('delete from auth.sessions where user_id = $1 and id <> $2', [
        user.id,
        sessionId,
      ])
      break
    default:
      await context.pool.query('delete from auth.sessions where user_id = $1', [user.id])
  }
  return { status: 204 }
}
