/** Tells which share of a body has been sent, from 0 to 1. */
export type TellSent = (share: number) => void

/** Sends as `fetch` does, and tells how far it is: `fetch` keeps that to itself. Rejects when nothing answers. */
export function sendTelling(address: string, init: RequestInit, tell: TellSent): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(init.method ?? 'POST', address)
    for (const [name, value] of Object.entries(init.headers as Record<string, string>))
      request.setRequestHeader(name, value)
    request.responseType = 'blob'
    request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0)
    request.onload = () => {
      const { status } = request
      resolve(new Response(status === 204 ? null : request.response, { status, headers: headersOf(request) }))
    }
    request.onerror = () => reject(new TypeError('nothing answers'))
    request.onabort = () => reject(init.signal?.reason)
    init.signal?.addEventListener('abort', () => request.abort())
    request.send(init.body as XMLHttpRequestBodyInit)
  })
}

function headersOf(request: XMLHttpRequest): [string, string][] {
  const lines = request.getAllResponseHeaders().split('\r\n').filter(Boolean)
  return lines.map((line): [string, string] => {
    const at = line.indexOf(':')
    return [line.slice(0, at), line.slice(at + 1).trim()]
  })
}
