import type { HelpWords } from './help-zh.ts'

export const helpEn: HelpWords = {
  shifts: [
    'Making in bulk: choose zones and times, and all shifts are made at once.',
    'Filter or tick, then change or cancel many: each is shown first, and undone while nobody was told.',
    'An event is published once each shift has somebody in charge.',
  ],
  quotas: [
    'Enter how many people each unit is asked for, or paste two columns, unit and number; totals are left out.',
    'A number alone is an answer; names can follow later.',
  ],
  plan: [
    'A proposal changes nothing. Read the explanations and gaps, then accept all of it or some districts.',
    'Until publication an acceptance is undone as a whole. Pinned, hand-made and accepted places stay.',
  ],
  board: [
    'Each cell is a shift: placed/target. Stripes mean below the minimum.',
    'Arrows move, Enter tells why people are missing, m moves a team, p pins, u undoes, g finds the next gap, ? lists all keys.',
  ],
  people: [
    'Filter who has not answered or was not reached, then remind them or see to each.',
    'Who cannot come is not asked again.',
  ],
  messages: [
    'See by reason what was not delivered; once numbers are corrected, send again in bulk.',
    'Holding stops only what has not gone out yet.',
  ],
  day: [
    'Zones are listed by how many people are missing; open one for the number of whoever is in charge.',
    'Figures follow the check-ins; the age of the data stands top right.',
  ],
  report: [
    'The figures of the day can be read at any time. Freeze them before they are reported; frozen figures stay.',
    'The bulletin is ready to be copied.',
  ],
  imports: [
    'Lists are uploaded as units send them, in any layout.',
    'Doubtful rows are marked and asked about before anything is taken over; an import is undone as a whole.',
  ],
  zones: [
    'An outline is drawn on the map, or typed as a corner a line.',
    'Before a zone is split, say where its duties, shifts and points go.',
  ],
  gaps: ['Zones for which no unit or leader answers. Open one to enter who does.'],
  users: [
    'Many are invited at once: each gets a link that works once, to be sent or printed and handed over.',
  ],
}
