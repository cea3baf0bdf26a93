/** Makes of what a camera gives what is sent: a JPEG of at most 1,600 pixels, turned as it was held, without metadata. */
const longestPx = 1600

/** What the file begins with, of the kinds that the service takes. */
const beginnings = [/^\xff\xd8\xff/, /^\x89PNG/, /^RIFF[\s\S]{4}WEBP/]

/** Where a browser cannot draw it, the picture goes as it is. @throws Error for what is no picture */
export async function shrunk(file: Blob): Promise<ArrayBuffer> {
  const smaller = await drawn(file).catch(() => undefined)
  if (smaller) return smaller.arrayBuffer()
  const bytes = await file.arrayBuffer()
  const begins = String.fromCharCode(...new Uint8Array(bytes.slice(0, 12)))
  if (!beginnings.some((beginning) => beginning.test(begins))) throw new Error('not a picture')
  return bytes
}

async function drawn(file: Blob): Promise<Blob | undefined> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, longestPx / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', 0.85))
}
