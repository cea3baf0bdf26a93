import { Button, Modal, Radio } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Conflict, Fields } from '../../core/draft.ts'
import { useWords } from '../../words/index.ts'

interface Props<F extends Fields> {
  conflicts: readonly Conflict<F>[]
  label: (field: keyof F & string) => string
  show: (field: keyof F & string, value: unknown) => ReactNode
  /** Saves with these choices. */
  keep: (chosen: Partial<F>) => void
  /** Back to the form, with everything typed. */
  review: () => void
}

/** Only the fields that both changed: theirs beside mine, one chosen of each. */
export function ConflictDialog<F extends Fields>({ conflicts, label, show, keep, review }: Props<F>) {
  const { w } = useWords()
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set())
  const choose = (field: string, isTheirs: boolean) => {
    const next = new Set(theirs)
    if (isTheirs) next.add(field)
    else next.delete(field)
    setTheirs(next)
  }
  const chosen = () =>
    Object.fromEntries(
      conflicts.map((each) => [each.field, theirs.has(each.field) ? each.theirs : each.mine]),
    ) as Partial<F>
  return (
    <Modal
      open
      width={840}
      title={w.conflict.title}
      closable={false}
      mask={{ closable: false }}
      onCancel={review}
      footer={[
        <Button key="review" onClick={review}>
          {w.conflict.review}
        </Button>,
        <Button key="keep" type="primary" onClick={() => keep(chosen())}>
          {w.conflict.keep}
        </Button>,
      ]}
    >
      <p>{w.conflict.text}</p>
      <table className="choices">
        <thead>
          <tr>
            <th scope="col">{w.conflict.field}</th>
            <th scope="col">{w.conflict.theirs}</th>
            <th scope="col">{w.conflict.mine}</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map(({ field, theirs: other, mine }) => (
            <tr key={field}>
              <th scope="row">{label(field)}</th>
              <td>
                <Radio
                  name={`conflict-${field}`}
                  checked={theirs.has(field)}
                  onChange={() => choose(field, true)}
                >
                  {show(field, other)}
                </Radio>
              </td>
              <td>
                <Radio
                  name={`conflict-${field}`}
                  checked={!theirs.has(field)}
                  onChange={() => choose(field, false)}
                >
                  {show(field, mine)}
                </Radio>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}
