import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { type Book, exportBook, exportChart } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { saveFile } from '../ui/office/save-file.ts'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { useWords } from '../words/index.ts'
import { troubleText } from '../words/refusals.ts'
import { useCityWords } from './words.ts'

/** Waits for a file of the service and hands it over; what goes wrong is said in the bar. */
export function useSaving() {
  const speech = useWords()
  const [busy, setBusy] = useState(false)
  const save = async (file: () => Promise<Blob>, name: string) => {
    setBusy(true)
    try {
      saveFile(await file(), name)
    } catch (error) {
      tellDone({ text: troubleText(error, speech) })
    }
    setBusy(false)
  }
  return { busy, save }
}

/** A book as a file to send or to file. */
export function SaveBook({ book }: { book: Pick<Book, 'id' | 'title'> }) {
  const { r, language } = useCityWords()
  const { busy, save } = useSaving()
  const formats = [
    { key: 'docx', label: r.asWord },
    { key: 'pdf', label: r.asPdf },
    { key: 'xlsx', label: r.asSheet },
  ] as const
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: formats.map((format) => ({ ...format })),
        onClick: ({ key }) => {
          const format = key as (typeof formats)[number]['key']
          const asked = { params: { bookId: book.id }, query: { format, lang: language } }
          void save(() => ask(exportBook, asked), `${book.title}.${format}`)
        },
      }}
    >
      <Button loading={busy}>{r.export}</Button>
    </Dropdown>
  )
}

/** The wall chart as a file to print on a large sheet. */
export function SaveChart({ book }: { book: Pick<Book, 'id' | 'title'> }) {
  const { r, language } = useCityWords()
  const { busy, save } = useSaving()
  return (['A3', 'A1'] as const).map((paper) => (
    <Button
      key={paper}
      loading={busy}
      onClick={() => {
        const asked = { params: { bookId: book.id }, query: { paper, lang: language } }
        void save(() => ask(exportChart, asked), `${book.title}-${paper}.pdf`)
      }}
    >
      {r.chartPdf(paper)}
    </Button>
  ))
}
