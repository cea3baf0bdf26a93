import generateConfig from '@rc-component/picker/es/generate/dayjs'
import generatePicker from 'antd/es/date-picker/generatePicker'
import dayjs, { type Dayjs } from 'dayjs'
import { serverNow, type Wall, wallOf } from '../../core/time.ts'

/** A moment as the calendar counts: what clocks in the zone show, whatever zone the browser is in. */
const shown = (wall: Wall) => dayjs(wall)

/** Today, in the picker, is today at the service and in the zone, not on this computer. */
const pickers = new Map<string, ReturnType<typeof generatePicker<Dayjs>>>()
function pickerIn(zone: string) {
  const known = pickers.get(zone)
  if (known) return known
  const getNow = () => shown(wallOf(serverNow(), zone))
  const made = generatePicker<Dayjs>({ ...generateConfig, getNow })
  pickers.set(zone, made)
  return made
}

interface Props {
  id?: string
  value: Wall | null
  zone: string
  /** Only the day matters: the time is midnight. */
  dayOnly?: boolean
  placeholder?: string
  label?: string
  onChange: (value: Wall | null) => void
}

/** A day, or a day and a time, in a zone. Typed or picked. */
export function MomentPicker({ value, zone, dayOnly = false, onChange, label, ...rest }: Props) {
  const Picker = pickerIn(zone)
  return (
    <Picker
      {...rest}
      {...(label ? { 'aria-label': label } : {})}
      value={value ? shown(value) : null}
      showTime={dayOnly ? false : { format: 'HH:mm', minuteStep: 5 }}
      format={dayOnly ? 'YYYY-MM-DD' : 'YYYY-MM-DD HH:mm'}
      showNow={false}
      // What must be filled in is not cleared, and needs no stop of its own on the way through the form.
      allowClear={dayOnly}
      needConfirm={false}
      // Enter takes what was typed; it does not send the form as well.
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      onChange={(picked) => onChange(picked ? (picked as Dayjs).format('YYYY-MM-DDTHH:mm') : null)}
    />
  )
}
