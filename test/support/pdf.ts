import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** Size in millimetres and text of each page of a PDF, as any reader finds them. */
export async function pagesOf(bytes: Buffer): Promise<{ mm: number[]; text: string }[]> {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const file = await loading.promise
  const pages = []
  for (let number = 1; number <= file.numPages; number++) {
    const page = await file.getPage(number)
    const [, , width = 0, height = 0] = page.view
    const { items } = await page.getTextContent()
    const text = items.map((item) => ('str' in item ? item.str : '')).join('\n')
    pages.push({ mm: [width, height].map((points) => Math.round((points * 25.4) / 72)), text })
  }
  await loading.destroy()
  return pages
}
