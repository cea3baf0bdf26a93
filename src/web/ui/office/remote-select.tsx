import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import type { Operation } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { useWords } from '../../words/index.ts'
import { Given } from '../plain/given.tsx'
import { givenNames } from './given-select.tsx'
import { cross } from './icons.tsx'

export interface Named {
  id: string
  name: string
}

/** A list operation that finds by part of a name. */
type Finding<T> = Operation<{ query: { search?: string; limit?: number } }, { items: T[] }>

interface Props<T> {
  id?: string
  /** What is chosen; a name that is not known yet is empty. */
  value: Named | null
  find: Finding<T>
  /** What tells apart those of the same name. */
  detail?: (found: T) => string | undefined
  placeholder?: string
  label?: string
  clearable?: boolean
  onChange: (value: Named | null) => void
}

/** Chooses one thing by part of its name, found at the service. */
export function RemoteSelect<T extends Named>({
  value,
  find,
  detail,
  onChange,
  clearable = true,
  label,
  ...rest
}: Props<T>) {
  const { w } = useWords()
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const search = useDeferredValue(typed)
  const found = useAsk(find, { query: { limit: 20, ...(search ? { search } : {}) } }, { skip: !open })
  const options = (found.data?.items ?? []).map((each) => ({
    value: each.id,
    label: each.name,
    detail: detail?.(each),
  }))
  return (
    <Select
      {...rest}
      {...givenNames(value?.name)}
      {...(label ? { 'aria-label': label } : {})}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear={clearable && { clearIcon: cross, label: w.common.remove }}
      labelInValue
      value={value ? { value: value.id, label: value.name } : null}
      optionRender={({ label: name, data }) => (
        <>
          <Given>{String(name)}</Given>
          {data.detail && (
            <small className="soft">
              {' '}
              <Given>{data.detail}</Given>
            </small>
          )}
        </>
      )}
      options={options}
      loading={found.isFetching}
      notFoundContent={found.isSuccess ? w.common.nothingFound : w.common.loading}
      onOpenChange={setOpen}
      popupMatchSelectWidth={false}
      onChange={(_, picked) => {
        setTyped('')
        const chosen = Array.isArray(picked) ? picked[0] : picked
        onChange(chosen?.value ? { id: chosen.value, name: chosen.label } : null)
      }}
    />
  )
}
