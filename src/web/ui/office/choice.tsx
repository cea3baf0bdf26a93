import { Select } from 'antd'
import { useWords } from '../../words/index.ts'
import { Given } from '../plain/given.tsx'
import { cross } from './icons.tsx'

interface Props {
  id?: string
  label: string
  /** What stands there while nothing is chosen. */
  all: string
  options: readonly { value: string; label: string }[]
  value: string | null
  /** Whether the options are names that people gave. */
  given?: boolean
  onChange: (value: string | null) => void
}

/** One of a few, or all of them: a filter of a list. */
export function Choice({ id, label, all, options, value, given, onChange }: Props) {
  const { w } = useWords()
  return (
    <Select
      className="choice"
      {...(id ? { id } : {})}
      aria-label={label}
      allowClear={{ clearIcon: cross, label: w.common.remove }}
      placeholder={all}
      options={[...options]}
      value={value ?? undefined}
      popupMatchSelectWidth={false}
      // A long list is found by typing.
      showSearch={options.length > 10 && { optionFilterProp: 'label' }}
      {...(given
        ? {
            optionRender: ({ label: name }) => <Given>{String(name)}</Given>,
            labelRender: ({ label: name }) => <Given>{String(name ?? value ?? '')}</Given>,
          }
        : {})}
      onChange={(chosen: string | undefined) => onChange(chosen ?? null)}
    />
  )
}
