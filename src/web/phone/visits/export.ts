/** Visits as a file: what they would send, and their pictures. */
import { me } from '../../core/session.ts'
import type { Upload } from './kinds.ts'
import { pictureBytes } from './store.ts'

const chunk = 0x8000

function base64Of(bytes: ArrayBuffer): string {
  const all = new Uint8Array(bytes)
  let text = ''
  for (let at = 0; at < all.length; at += chunk) text += String.fromCharCode(...all.subarray(at, at + chunk))
  return btoa(text)
}

export async function exported(uploads: readonly Upload[]): Promise<Blob> {
  const pictures: Record<string, string> = {}
  for (const { id } of uploads.flatMap((upload) => upload.pictures)) {
    const bytes = await pictureBytes(id)
    if (bytes) pictures[id] = base64Of(bytes)
  }
  const who = me.get()
  const file = {
    // Whose phone it is: the office that takes the file in need not guess.
    ...(who ? { inspector: { id: who.userId, name: who.name } } : {}),
    visits: uploads.map(({ body }) => body),
    pictures,
  }
  const text = JSON.stringify(file, null, 1)
  return new Blob([text], { type: 'application/json' })
}
