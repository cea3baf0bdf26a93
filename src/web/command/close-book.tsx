import { type Book, closeBook, listBooks, readBook, reopenBook } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain } from '../core/query.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { useCityWords } from './words.ts'

/** Closes a book, or opens it again: each is the other's way back. */
export function CloseBook({ book, close }: { book: Book; close: () => void }) {
  const { r } = useCityWords()
  const open = book.state !== 'closed'
  const { tasks, draft, closed, cancelled } = book.funnel
  const owed = tasks - draft - closed - cancelled
  const become = async (ended: boolean, version: number) => {
    const operation = ended ? closeBook : reopenBook
    const after = await ask(operation, { params: { bookId: book.id } }, { version })
    await readAgain(readBook, listBooks)
    return after.version
  }
  const title = open ? r.closeBook : r.reopenBook
  return (
    <ActDialog
      title={title}
      confirm={title}
      danger={open}
      ready={!open || owed === 0}
      close={close}
      again={() => readAgain(readBook)}
      act={async () => {
        const version = await become(open, book.version)
        return {
          text: open ? r.bookClosed : r.bookReopened,
          undo: async () => {
            await become(!open, version)
            return open ? r.bookReopened : r.bookClosed
          },
        }
      }}
    >
      <p>{open ? r.closeBookLead(owed) : r.reopenBookLead}</p>
    </ActDialog>
  )
}
