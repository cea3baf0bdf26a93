import { Select } from 'antd'
import { useWords } from '../../words/index.ts'
import { Given } from '../plain/given.tsx'
import { givenNames } from './given-select.tsx'
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
  const nameOf = (id: string) => options.find((each) => each.value === id)?.label ?? id
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
            ...givenNames(value ? nameOf(value) : undefined),
            optionRender: ({ label: name }) => <Given>{String(name)}</Given>,
            labelRender: ({ label: name }) => String(name ?? value ?? ''),
          }
        : {})}
      onChange={(chosen: string | undefined) => onChange(chosen ?? null)}
    />
  )
}
