/** What the audit trail says of what is done here, after whoever did it. */
export const calendarActions = {
  'workdays.entered': { zh: '录入节假日安排', en: 'entered the working days of a year' },
}
