import { Button, Dropdown } from 'antd'
import { exportBulletin, type Round } from '../../api/operations.ts'
import { useSaving } from '../../command/save-document.tsx'
import { ask } from '../../core/ask.ts'
import { useRoundWords } from '../words/index.ts'

/** 简报: what a round has come to, as a file to send or to file. A draft until the round is closed: the file says so. */
export function SaveBulletin({ round }: { round: Round }) {
  const { r, language } = useRoundWords()
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
          const asked = { params: { roundId: round.id }, query: { format, lang: language } }
          void save(() => ask(exportBulletin, asked), `${round.title}-${r.bulletin}.${format}`)
        },
      }}
    >
      <Button loading={busy}>{r.saveBulletin}</Button>
    </Dropdown>
  )
}
