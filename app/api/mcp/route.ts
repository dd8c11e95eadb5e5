import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { readJson } from '#lib/http/read-json.ts'
import { createMcpServer } from '#lib/mcp/create-mcp-server.ts'
import { findCaller } from '#lib/rate-limits/limit-requests.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/mcp', {
  /** The Model Context Protocol over streamable HTTP, without sessions: each request is independent. */
  POST: route({ access: 'public' }, async ({ services, request, actor }) => {
    const caller = findCaller(actor, request.headers)
    const server = createMcpServer(services, { actor, caller, signal: request.signal })
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    await server.connect(transport)
    try {
      return await transport.handleRequest(request, { parsedBody: await readJson(request) })
    } finally {
      await server.close()
    }
  }),
})
