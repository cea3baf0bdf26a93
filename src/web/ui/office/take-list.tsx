import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { csvText, pasteText } from '../../core/sheet-text.ts'
import { useWords } from '../../words/index.ts'
import { troubleText } from '../../words/refusals.ts'
import type { Column } from './data-table.tsx'
import { saveFile } from './save-file.ts'
import { tellDone } from './undo-bar.tsx'

interface Props<T> {
  /** What the file is called, without its ending. */
  name: string
  /** Reads everything that the filter finds, not only the page that is shown. */
  rows: () => Promise<readonly T[]>
  /** The columns of the list for these rows; those that have a text are taken along. */
  columns: (rows: readonly T[]) => readonly Column<T>[]
  /** What is left out by a rule, said with the count. */
  without?: string
}

type Way = 'copy' | 'save'

/** Takes a list along, exactly as it is filtered: to paste it into a spreadsheet, or as a file. */
export function TakeList<T>({ name, rows, columns, without }: Props<T>) {
  const speech = useWords()
  const { take } = speech.w
  const [busy, setBusy] = useState(false)
  const linesOf = async () => {
    const all = await rows()
    const texts = columns(all).flatMap(({ title, text }) => (text ? [{ title, text }] : []))
    const lines = all.map((row) => texts.map(({ text }) => String(text(row) ?? '')))
    return [texts.map(({ title }) => title), ...lines]
  }
  const takeAlong = async (way: Way) => {
    setBusy(true)
    try {
      const lines = await linesOf()
      const text = take.taken(lines.length - 1) + (without ? ` ${without}` : '')
      if (way === 'copy') {
        const copied = await navigator.clipboard.writeText(pasteText(lines)).then(
          () => true,
          () => false,
        )
        tellDone({ text: copied ? text : take.notCopied })
      } else {
        saveFile(new Blob([csvText(lines)], { type: 'text/csv' }), `${name}.csv`)
        tellDone({ text })
      }
    } catch (error) {
      tellDone({ text: troubleText(error, speech) })
    }
    setBusy(false)
  }
  // A browser gives no clipboard to a page that came without encryption.
  const items: { key: Way; label: string }[] = [
    ...('clipboard' in navigator ? [{ key: 'copy' as const, label: take.copy }] : []),
    { key: 'save', label: take.save },
  ]
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => void takeAlong(key as Way) }}>
      <Button loading={busy} aria-haspopup="menu">
        {take.label} <span aria-hidden="true">▾</span>
      </Button>
    </Dropdown>
  )
}
