import { Input } from 'antd'
import { type Book, changeBook, readBook } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { queries, queryKey, readAgain } from '../core/query.ts'
import { EditDialog } from '../ui/office/edit-dialog.tsx'
import { type Editable, useEditing } from '../ui/office/editing.ts'
import { Field } from '../ui/office/field.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useCityWords } from './words.ts'

interface BookFields extends Record<string, unknown> {
  title: string
  number: string
  text: string
  until: string
}
type BookField = 'title' | 'number' | 'text' | 'until'

const fieldsOf = ({ title, documentNumber, text, validUntil }: Book): BookFields => ({
  title,
  number: documentNumber ?? '',
  text: text ?? '',
  until: validUntil ?? '',
})

function useEditable(): Editable<Book, BookFields> {
  const { w } = useCityWords()
  return {
    fieldsOf,
    problemsOf: ({ title }) => (title.trim() === '' ? { title: w.field.missing } : {}),
    async read({ id }) {
      const book = await ask(readBook, { params: { bookId: id } })
      queries.setQueryData(queryKey(readBook, { params: { bookId: id } }), book)
      return book
    },
    async send({ id, version }, _before, { title, number, text, until }) {
      const body = {
        title: title.trim(),
        documentNumber: number.trim() || null,
        text: text.trim() || null,
        validUntil: until || null,
      }
      const saved = await ask(changeBook, { params: { bookId: id }, body }, { version })
      await readAgain(readBook)
      return saved
    },
    fieldOf: () => undefined,
    inputOf: (field) => `edit-${field}`,
  }
}

/** Title, number, text and how long a book holds. */
export function EditBook({ book, close }: { book: Book; close: () => void }) {
  const { r } = useCityWords()
  const editing = useEditing(book, useEditable(), close)
  const { mine, problems, set } = editing
  const labels: Record<BookField, string> = {
    ...{ title: r.title, number: r.documentNumber, text: r.bookText, until: r.validUntil },
  }
  return (
    <EditDialog
      title={r.editBook}
      first="edit-title"
      editing={editing}
      label={(field) => labels[field as BookField]}
      show={(_, value) => (value ? <Given>{String(value)}</Given> : <span className="soft">{r.none}</span>)}
      close={close}
    >
      <Field label={r.title} name="edit-title" wrong={problems.title}>
        <Input
          id="edit-title"
          maxLength={100}
          value={mine.title}
          onChange={({ target }) => set({ title: target.value })}
        />
      </Field>
      <Field label={r.documentNumber} name="edit-number" optional>
        <Input
          id="edit-number"
          maxLength={60}
          value={mine.number}
          onChange={({ target }) => set({ number: target.value })}
        />
      </Field>
      <Field label={r.bookText} name="edit-text" optional>
        <Input.TextArea
          id="edit-text"
          rows={6}
          maxLength={5000}
          value={mine.text}
          onChange={({ target }) => set({ text: target.value })}
        />
      </Field>
      <Field label={r.validUntil} name="edit-until" optional>
        <Input
          id="edit-until"
          type="date"
          value={mine.until}
          onChange={({ target }) => set({ until: target.value })}
        />
      </Field>
    </EditDialog>
  )
}
