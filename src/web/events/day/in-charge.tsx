import { Modal } from 'antd'
import { type EventDetail, readInCharge } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { periodText } from '../../core/time.ts'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'

interface Props {
  event: EventDetail
  zoneId: string
  close: () => void
}

/** Who is in charge in a zone, and the number to call. */
export function InCharge({ event, zoneId, close }: Props) {
  const { w, language } = useWords()
  const found = useAsk(readInCharge, { params: { eventId: event.id, zoneId } })
  return (
    <Modal
      open
      title={w.live.callTitle}
      onCancel={close}
      closable={{ 'aria-label': w.common.close }}
      footer={null}
    >
      {found.isError && <Trouble error={found.error} />}
      {!found.data && !found.isError && <Skeleton lines={3} />}
      {found.data?.items.map(({ shiftId, startsAt, endsAt, work, people }) => (
        <section key={shiftId} className="in-charge">
          <p>
            {periodText(startsAt, endsAt, event.timeZone, language)} <Given>{work}</Given>
          </p>
          {people.length === 0 && <p>{w.live.nobody}</p>}
          {people.map(({ role, name, phone }) => (
            <p key={role}>
              {role === 'deputy' ? w.live.deputy : w.live.inCharge} <Given>{name}</Given>{' '}
              {phone ? (
                <a className="phone" href={`tel:${phone}`}>
                  {phone}
                </a>
              ) : (
                w.live.noPhone
              )}
            </p>
          ))}
        </section>
      ))}
    </Modal>
  )
}
