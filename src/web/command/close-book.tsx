import { type Book, closeBook, listBooks, readBook, reopenBook } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain } from '../core/query.ts'
import { ClosingDialog } from '../ui/office/closing-dialog.tsx'
import { useCityWords } from './words.ts'

/** Closes a book, or opens it again. */
export function CloseBook({ book, close }: { book: Book; close: () => void }) {
  const { r } = useCityWords()
  const open = book.state !== 'closed'
  const { tasks, draft, closed, cancelled } = book.funnel
  const owed = tasks - draft - closed - cancelled
  const words = { close: r.closeBook, reopen: r.reopenBook, closed: r.bookClosed, reopened: r.bookReopened }
  return (
    <ClosingDialog
      close={open}
      words={words}
      ready={!open || owed === 0}
      again={() => readAgain(readBook)}
      done={close}
      become={async (ended, version = book.version) => {
        const operation = ended ? closeBook : reopenBook
        const after = await ask(operation, { params: { bookId: book.id } }, { version })
        await readAgain(readBook, listBooks)
        return after.version
      }}
    >
      {(closing) => <p>{closing ? r.closeBookLead(owed) : r.reopenBookLead}</p>}
    </ClosingDialog>
  )
}
