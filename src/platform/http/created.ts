/** The part of a Fastify reply that `created` needs, for any route. */
interface Reply {
  statusCode: number
  header(name: string, value: string): unknown
}

/**
 * Answers 201 with `Location`. Every 201 of the service comes from here.
 * @param url where the created thing is read: its own URL, or that of the resource that shows it
 * @returns the view, for the handler to return
 */
export function created<View extends object>(reply: Reply, url: string, view: View): View {
  reply.statusCode = 201
  reply.header('location', url)
  return view
}
