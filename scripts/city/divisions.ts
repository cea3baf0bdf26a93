/**
 * The administrative divisions of Benxi: names and official codes of its six districts and counties and of their 49
 * subdistricts, towns and townships, and the position of each district's seat (WGS-84, accurate to about a kilometre).
 */
export interface District {
  code: string
  name: string
  latitude: number
  longitude: number
  /** The relative share of the city's zones in this district. */
  weight: number
  /** Distance of the subdistricts from the seat, in kilometres. */
  spreadKm: number
  subdistricts: readonly (readonly [code: string, name: string])[]
}

export const city = { code: '210500', name: '本溪市' }

export const districts: readonly District[] = [
  {
    code: '210502',
    name: '平山区',
    latitude: 41.29,
    longitude: 123.76,
    weight: 24,
    spreadKm: 2.4,
    subdistricts: [
      ['210502001', '南地街道'],
      ['210502003', '平山街道'],
      ['210502004', '东明街道'],
      ['210502005', '崔东街道'],
      ['210502007', '站前街道'],
      ['210502008', '千金街道'],
      ['210502012', '桥北街道'],
    ],
  },
  {
    code: '210503',
    name: '溪湖区',
    latitude: 41.33,
    longitude: 123.77,
    weight: 19,
    spreadKm: 3,
    subdistricts: [
      ['210503001', '河东街道'],
      ['210503003', '河西街道'],
      ['210503005', '彩屯街道'],
      ['210503009', '东风街道'],
      ['210503010', '石桥子街道'],
      ['210503011', '日月岛街道'],
      ['210503013', '火连寨街道'],
    ],
  },
  {
    code: '210504',
    name: '明山区',
    latitude: 41.31,
    longitude: 123.82,
    weight: 25,
    spreadKm: 3,
    subdistricts: [
      ['210504002', '北地街道'],
      ['210504004', '高峪街道'],
      ['210504005', '明山街道'],
      ['210504008', '新明街道'],
      ['210504009', '牛心台街道'],
      ['210504010', '卧龙街道'],
      ['210504011', '高台子街道'],
    ],
  },
  {
    code: '210505',
    name: '南芬区',
    latitude: 41.1,
    longitude: 123.74,
    weight: 8,
    spreadKm: 3,
    subdistricts: [
      ['210505001', '南芬街道'],
      ['210505004', '思山岭街道'],
      ['210505005', '下马塘街道'],
    ],
  },
  {
    code: '210521',
    name: '本溪满族自治县',
    latitude: 41.3,
    longitude: 124.12,
    weight: 12,
    spreadKm: 9,
    subdistricts: [
      ['210521001', '观音阁街道'],
      ['210521100', '小市镇'],
      ['210521101', '草河掌镇'],
      ['210521102', '草河城镇'],
      ['210521103', '草河口镇'],
      ['210521104', '连山关镇'],
      ['210521106', '清河城镇'],
      ['210521109', '田师傅镇'],
      ['210521110', '南甸子镇'],
      ['210521111', '碱厂镇'],
      ['210521112', '高官镇'],
      ['210521202', '东营坊乡'],
    ],
  },
  {
    code: '210522',
    name: '桓仁满族自治县',
    latitude: 41.27,
    longitude: 125.36,
    weight: 12,
    spreadKm: 9,
    subdistricts: [
      ['210522001', '八卦城街道'],
      ['210522100', '桓仁镇'],
      ['210522101', '普乐堡镇'],
      ['210522102', '二棚甸子镇'],
      ['210522103', '沙尖子镇'],
      ['210522104', '五里甸子镇'],
      ['210522108', '八里甸子镇'],
      ['210522110', '华来镇'],
      ['210522111', '古城镇'],
      ['210522201', '雅河朝鲜族乡'],
      ['210522202', '向阳乡'],
      ['210522206', '黑沟乡'],
      ['210522208', '北甸子乡'],
    ],
  },
]

/** The divisions as a CSV file for the import: `code,name,parent_code,level,kind`. */
export function divisionsCsv(): string {
  const kindOf = (name: string) =>
    name.endsWith('街道')
      ? 'subdistrict'
      : name.endsWith('镇')
        ? 'town'
        : name.endsWith('民族乡') || /族乡$/.test(name)
          ? 'ethnic_township'
          : 'township'
  const rows = [`${city.code},${city.name},210000,2,prefecture_city`]
  for (const district of districts) {
    const kind = district.name.endsWith('自治县') ? 'autonomous_county' : 'district'
    rows.push(`${district.code},${district.name},${city.code},3,${kind}`)
    for (const [code, name] of district.subdistricts)
      rows.push(`${code},${name},${district.code},4,${kindOf(name)}`)
  }
  return `code,name,parent_code,level,kind\n${rows.join('\n')}\n`
}
