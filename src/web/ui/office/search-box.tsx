import { Input } from 'antd'
import { useEffect, useState } from 'react'
import { useWords } from '../../words/index.ts'

interface Props {
  value: string
  /** What is searched, such as the name of an event. */
  label: string
  onSearch: (value: string) => void
}

/** Searches a moment after the typing stops. */
export function SearchBox({ value, label, onSearch }: Props) {
  const { w } = useWords()
  const [typed, setTyped] = useState(value)
  // Back, and "clear", change the address: the box follows.
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onSearch(typed), 300)
    return () => clearTimeout(timer)
  })
  return (
    <Input
      type="search"
      maxLength={60}
      value={typed}
      aria-label={`${w.common.search} ${label}`}
      placeholder={label}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}
