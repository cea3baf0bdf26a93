import type { TestApp } from '#test/support/app.ts'

export const divisions = `\ufeffcode,name,parent_code,level,kind,code12,edition
210500,本溪市,210000,2,prefecture_city,210500000000,2021
210502,平山区,210500,3,district,210502000000,2021
210521,本溪满族自治县,210500,3,autonomous_county,210521000000,2021
210502001,南地街道,210502,4,subdistrict,210502001000,2021
210502001002,南地社区居委会,210502001,5,community,210502001002,2021
`

export type Upload = [name: string, text: string | Buffer]

export function upload(app: TestApp, files: Upload[], query: Record<string, unknown> = {}) {
  const request = app.as('city_office').post('/api/zone-imports').query(query)
  for (const [name, text] of files) request.attach('file', Buffer.from(text as string), name)
  return request
}

export async function zoneBy(app: TestApp, code: string) {
  const { body } = await app.as('city_office').get('/api/zones').query({ search: code, limit: 200 })
  return body.items.find((zone: { code: string }) => zone.code === code)
}
