/** Generates the organisation of a city like Benxi: 314 units, 365 teams and 11,302 volunteers. */
import { districts } from './divisions.ts'
import { aName, phone, type Sex } from './names.ts'
import { Dice, split } from './random.ts'

export interface Member {
  name: string
  sex: Sex
  birthDate: string | null
  phone: string | null
  role: 'leader' | 'deputy' | 'member'
  skills: string[]
}

export interface Team {
  name: string
  unit: Unit
  latitude: number
  longitude: number
  members: Member[]
}

export interface Unit {
  name: string
  aliases: string[]
  kind: 'government' | 'enterprise' | 'institution' | 'social_organisation' | 'community'
  /** The unit it reports to (条). */
  parent: Unit | null
  /** Code of the district it is in (块). */
  districtCode: string
  system: string
  staffCount: number
  liaison: string
  liaisonPhone: string
  teams: Team[]
}

export const counts = { units: 314, teams: 365, volunteers: 11_302, onTwoLists: 60 }

/** The bureaus of a city: [name without 市, short name, system]. The first one organises the event. */
const bureaus: readonly (readonly [string, string, string])[] = [
  ['精神文明建设指导委员会办公室', '文明办', '宣传'],
  ['教育局', '教育局', '教育'],
  ['住房和城乡建设局', '住建局', '城建'],
  ['公安局', '公安局', '政法'],
  ['民政局', '民政局', '民政'],
  ['卫生健康委员会', '卫健委', '卫生'],
  ['城市管理综合行政执法局', '城管局', '城建'],
  ['交通运输局', '交通局', '交通'],
  ['市场监督管理局', '市监局', '市场'],
  ['生态环境局', '环境局', '城建'],
  ['自然资源局', '资源局', '城建'],
  ['财政局', '财政局', '经济'],
  ['人力资源和社会保障局', '人社局', '民政'],
  ['文化旅游和广播电视局', '文旅局', '宣传'],
  ['农业农村局', '农业局', '农业'],
  ['应急管理局', '应急局', '政法'],
  ['司法局', '司法局', '政法'],
  ['审计局', '审计局', '经济'],
  ['统计局', '统计局', '经济'],
  ['退役军人事务局', '退役局', '民政'],
  ['发展和改革委员会', '发改委', '经济'],
  ['工业和信息化局', '工信局', '经济'],
  ['商务局', '商务局', '市场'],
  ['国有资产监督管理委员会', '国资委', '经济'],
  ['水务局', '水务局', '城建'],
  ['林业和草原局', '林草局', '农业'],
  ['医疗保障局', '医保局', '卫生'],
  ['营商环境建设局', '营商局', '市场'],
  ['信访局', '信访局', '政法'],
  ['总工会', '总工会', '群团'],
  ['妇女联合会', '妇联', '群团'],
  ['残疾人联合会', '残联', '群团'],
  ['科学技术协会', '科协', '群团'],
  ['红十字会', '红十字会', '群团'],
]
/** Indexes of the bureaus that also have an office in each district, below the city's bureau. */
const inDistricts = [1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14, 15, 16, 20, 29, 30, 31]
const firmWords = [
  '恒泰',
  '鑫源',
  '华丰',
  '北台',
  '远航',
  '东明',
  '利民',
  '安达',
  '宏图',
  '金桥',
  '春和',
  '万顺',
  '同兴',
  '天成',
  '永固',
  '益康',
  '顺达',
  '广厦',
  '长青',
  '盛世',
]
const firmTrades = [
  '钢铁',
  '建筑工程',
  '燃气',
  '物业服务',
  '药业',
  '公共交通',
  '供热',
  '机械制造',
  '商贸',
  '水泥',
]
const skills = ['应急救护', '交通疏导', '环保清洁', '摄影摄像', '心理疏导', '设备维修']

interface Plan {
  name: string
  aliases: string[]
  kind: Unit['kind']
  parent: string | null
  districtCode: string
  system: string
}

function plannedUnits(dice: Dice): Plan[] {
  const seat = () => dice.pick(districts.slice(0, 3)).code
  const plans: Plan[] = bureaus.map(([name, short, system]) => ({
    name: `本溪市${name}`,
    aliases: [`市${short}`, short],
    kind: 'government',
    parent: null,
    districtCode: seat(),
    system,
  }))
  for (const district of districts) {
    for (const at of inDistricts) {
      const [name, short, system] = bureaus[at] as (typeof bureaus)[number]
      const area = district.name.replace('满族自治县', '县')
      plans.push({
        name: `${district.name}${name}`,
        aliases: [`${area}${short}`],
        kind: 'government',
        parent: `本溪市${name}`,
        districtCode: district.code,
        system,
      })
    }
  }
  for (let n = 0; plans.length < 274; n++) {
    const trade = firmTrades[n % firmTrades.length] as string
    const word = firmWords[(n * 7 + Math.floor(n / 10)) % firmWords.length] as string
    plans.push({
      name: `本溪${word}${trade}有限公司`,
      aliases: [`${word}${trade}`],
      kind: 'enterprise',
      parent: n % 3 === 0 ? '本溪市国有资产监督管理委员会' : '本溪市工业和信息化局',
      districtCode: dice.pick(districts).code,
      system: '企业',
    })
  }
  for (let n = 1; plans.length < 294; n++) {
    const kinds = ['医院', '文化馆', '图书馆', '园林处', '环卫处']
    const kind = kinds[n % kinds.length] as string
    plans.push({
      name: `本溪市第${'一二三四'[Math.floor((n - 1) / kinds.length)]}${kind}`,
      aliases: [],
      kind: 'institution',
      parent:
        kind === '医院'
          ? '本溪市卫生健康委员会'
          : /处$/.test(kind)
            ? '本溪市住房和城乡建设局'
            : '本溪市文化旅游和广播电视局',
      districtCode: seat(),
      system: kind === '医院' ? '卫生' : '事业',
    })
  }
  for (let n = 0; plans.length < counts.units; n++) {
    const words = [
      '百姓雷锋',
      '蓝天救援',
      '夕阳红',
      '绿色家园',
      '爱心车队',
      '巾帼',
      '青春',
      '平安',
      '书香',
      '太子河',
    ]
    plans.push({
      name: `本溪市${words[n % words.length]}志愿服务${n < words.length ? '协会' : '促进会'}`,
      aliases: [],
      kind: 'social_organisation',
      parent: '本溪市民政局',
      districtCode: dice.pick(districts).code,
      system: '社会组织',
    })
  }
  return plans
}

/** All units except schools; the same seed gives the same units. */
export function makeUnits(seed = 20_260_304): Unit[] {
  const dice = new Dice(seed)
  let numbers = 0
  const nextPhone = () => phone(numbers++)
  const byName = new Map<string, Unit>()
  const units = plannedUnits(dice).map((plan): Unit => {
    const sex: Sex = dice.chance(0.5) ? 'male' : 'female'
    const unit: Unit = {
      ...plan,
      parent: plan.parent ? (byName.get(plan.parent) as Unit) : null,
      staffCount: 0,
      liaison: aName(dice, sex),
      liaisonPhone: nextPhone(),
      teams: [],
    }
    byName.set(unit.name, unit)
    return unit
  })

  // The largest units have two teams.
  const weights = units.map(() => 0.35 + dice.roll() ** 3 * 4)
  const large = weights.map((weight, i) => ({ weight, i })).sort((a, b) => b.weight - a.weight || a.i - b.i)
  const second = new Set(large.slice(0, counts.teams - counts.units).map(({ i }) => i))
  const teams: Team[] = []
  const teamWeights: number[] = []
  units.forEach((unit, i) => {
    const district = districts.find(({ code }) => code === unit.districtCode) as (typeof districts)[number]
    const names = second.has(i) ? ['志愿服务一队', '志愿服务二队'] : ['志愿服务队']
    for (const name of names) {
      const team: Team = {
        name: `${unit.name}${name}`,
        unit,
        latitude: round(district.latitude + (dice.roll() - 0.5) * 0.03),
        longitude: round(district.longitude + (dice.roll() - 0.5) * 0.04),
        members: [],
      }
      unit.teams.push(team)
      teams.push(team)
      teamWeights.push((weights[i] as number) / names.length)
    }
  })

  const sizes = split(counts.volunteers, teamWeights, 8)
  teams.forEach((team, i) => {
    for (let n = 0; n < (sizes[i] as number); n++) team.members.push(aMember(dice, team.unit, n, nextPhone))
  })
  shareAndJoin(dice, teams)
  for (const unit of units) {
    const members = unit.teams.reduce((sum, team) => sum + team.members.length, 0)
    unit.staffCount = Math.round(members * (1.3 + dice.roll() * 3))
  }
  return units
}

function aMember(dice: Dice, unit: Unit, n: number, nextPhone: () => string): Member {
  const sex: Sex = dice.chance(0.52) ? 'female' : 'male'
  // Names are unique within a unit, so that a person without a telephone number can still be identified.
  const taken = new Set(unit.teams.flatMap((team) => team.members.map((member) => member.name)))
  let name = aName(dice, sex)
  while (taken.has(name)) name = aName(dice, sex)
  return {
    name,
    sex,
    birthDate: dice.chance(0.9)
      ? `${dice.between(1956, 2003)}-${twoDigits(dice.between(1, 12))}-${twoDigits(dice.between(1, 28))}`
      : null,
    // Some numbers are missing, but never those of leaders and deputies.
    phone: n < 2 || dice.chance(0.985) ? nextPhone() : null,
    role: n === 0 ? 'leader' : n === 1 ? 'deputy' : 'member',
    skills: dice.chance(0.3) ? [dice.pick(skills)] : [],
  }
}

/** Adds special cases: two people with one telephone number, and people who are members of two teams. */
function shareAndJoin(dice: Dice, teams: Team[]): void {
  for (const team of teams) {
    if (team.members.length < 30 || !dice.chance(0.35)) continue
    const [one, other] = [team.members[10] as Member, team.members[11] as Member]
    other.phone = one.phone
  }
  for (let n = 0; n < counts.onTwoLists; ) {
    const from = dice.pick(teams)
    const to = dice.pick(teams)
    const person = dice.pick(from.members.slice(2))
    if (from === to || !person?.phone || to.members.includes(person)) continue
    to.members.push({ ...person, role: 'member' })
    n++
  }
}

const twoDigits = (n: number) => String(n).padStart(2, '0')
const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5
