import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useWords } from '../../words/index.ts'
import { troubleText } from '../../words/refusals.ts'
import { saveFile } from './save-file.ts'
import { tellDone } from './undo-bar.tsx'

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

type Format = 'docx' | 'pdf' | 'xlsx'

interface Props {
  label: string
  words: { asWord: string; asPdf: string; asSheet: string }
  /** Asks the service for it. */
  file: (format: Format) => Promise<Blob>
  /** What the file is called, without its ending. */
  name: string
}

/** A document to send or to file, in one of three formats. */
export function SaveAs({ label, words, file, name }: Props) {
  const { busy, save } = useSaving()
  const items: { key: Format; label: string }[] = [
    { key: 'docx', label: words.asWord },
    { key: 'pdf', label: words.asPdf },
    { key: 'xlsx', label: words.asSheet },
  ]
  const onClick = ({ key }: { key: string }) => {
    const format = key as Format
    void save(() => file(format), `${name}.${format}`)
  }
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick }}>
      <Button loading={busy}>{label}</Button>
    </Dropdown>
  )
}
