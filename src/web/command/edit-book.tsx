import { Input } from 'antd'
import { useState } from 'react'
import { type Book, changeBook, readBook } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain } from '../core/query.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Field } from '../ui/office/field.tsx'
import { useCityWords } from './words.ts'

/** Title, number, text and how long a book holds. */
export function EditBook({ book, close }: { book: Book; close: () => void }) {
  const { r } = useCityWords()
  const [title, setTitle] = useState(book.title)
  const [number, setNumber] = useState(book.documentNumber ?? '')
  const [text, setText] = useState(book.text ?? '')
  const [until, setUntil] = useState(book.validUntil ?? '')
  return (
    <ActDialog
      title={r.editBook}
      confirm={r.save}
      first="edit-title"
      ready={title.trim() !== ''}
      close={close}
      act={async () => {
        const body = {
          title: title.trim(),
          documentNumber: number.trim() || null,
          text: text.trim() || null,
          validUntil: until || null,
        }
        await ask(changeBook, { params: { bookId: book.id }, body }, { version: book.version })
        await readAgain(readBook)
        return { text: r.saved }
      }}
    >
      <Field label={r.title} name="edit-title">
        <Input
          id="edit-title"
          maxLength={100}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
      </Field>
      <Field label={r.documentNumber} name="edit-number" optional>
        <Input
          id="edit-number"
          maxLength={60}
          value={number}
          onChange={({ target }) => setNumber(target.value)}
        />
      </Field>
      <Field label={r.bookText} name="edit-text" optional>
        <Input.TextArea
          id="edit-text"
          rows={6}
          maxLength={5000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </Field>
      <Field label={r.validUntil} name="edit-until" optional>
        <Input id="edit-until" type="date" value={until} onChange={({ target }) => setUntil(target.value)} />
      </Field>
    </ActDialog>
  )
}
