import { Button } from 'antd'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { useWords } from '../../words/index.ts'

/** The way through a list, page by page. Every page is an address; Back goes to the one before. */
export function Pager({ text, nextCursor }: { text: string; nextCursor: string | null }) {
  const { w } = useWords()
  const [search] = useSearchParams()
  const { state } = useLocation() as { state: { paged?: boolean } | null }
  const navigate = useNavigate()
  const to = (cursor: string | null) => {
    const next = new URLSearchParams(search)
    if (cursor) next.set('cursor', cursor)
    else next.delete('cursor')
    void navigate({ search: next.toString() }, { state: { paged: cursor !== null } })
  }
  // Opened by a link in the middle of the list, there is no page before to go back to.
  const previous = () => (state?.paged ? void navigate(-1) : to(null))
  return (
    <div className="below">
      <span aria-live="polite">{text}</span>
      <div className="pager">
        {search.has('cursor') && (
          <Button onClick={previous}>{state?.paged ? w.common.previous : w.common.first}</Button>
        )}
        {nextCursor && <Button onClick={() => to(nextCursor)}>{w.common.next}</Button>}
      </div>
    </div>
  )
}
