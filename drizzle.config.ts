import { defineConfig } from 'drizzle-kit'

const dialect = /^postgres(ql)?:/.test(process.env.DATABASE_URL ?? '') ? 'postgresql' : 'sqlite'

export default defineConfig({
  dialect,
  out: `./migrations/${dialect}`,
  schema: ['./src/platform/*/schema.ts', './src/modules/*/schema.ts'],
  casing: 'snake_case',
})
