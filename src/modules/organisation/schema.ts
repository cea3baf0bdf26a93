/** All tables of the organisation; the folder `tables` declares them. */
export * from './tables/contacts.ts'
export * from './tables/persons.ts'
export * from './tables/statements.ts'
export * from './tables/units.ts'
