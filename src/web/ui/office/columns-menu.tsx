import { Button, Checkbox, Popover } from 'antd'
import { useWords } from '../../words/index.ts'

interface Props<C extends string> {
  columns: readonly { name: C; label: string }[]
  chosen: readonly C[]
  onChange: (chosen: C[]) => void
}

/** Which columns of a list are shown. */
export function ColumnsMenu<C extends string>({ columns, chosen, onChange }: Props<C>) {
  const { w } = useWords()
  const list = (
    <Checkbox.Group
      value={[...chosen]}
      onChange={(next) => onChange(columns.map(({ name }) => name).filter((name) => next.includes(name)))}
      style={{ display: 'grid', gap: 8 }}
      options={columns.map(({ name, label }) => ({ value: name, label }))}
    />
  )
  return (
    <Popover content={list} trigger="click" placement="bottomRight">
      <Button aria-haspopup="true">
        {w.common.columns} <span aria-hidden="true">▾</span>
      </Button>
    </Popover>
  )
}
