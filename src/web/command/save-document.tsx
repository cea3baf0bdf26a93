import { Button } from 'antd'
import { type Book, exportBook, exportChart } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { SaveAs, useSaving } from '../ui/office/save-as.tsx'
import { useCityWords } from './words.ts'

/** A book as a file to send or to file. */
export function SaveBook({ book }: { book: Pick<Book, 'id' | 'title'> }) {
  const { r, language } = useCityWords()
  return (
    <SaveAs
      label={r.export}
      words={r}
      name={book.title}
      file={(format) => ask(exportBook, { params: { bookId: book.id }, query: { format, lang: language } })}
    />
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
