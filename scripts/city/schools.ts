/** Generates 22 schools with 3,229 teachers and pupils. Two schools report only numbers, no names. */
import { districts } from './divisions.ts'
import { aName, phone, type Sex } from './names.ts'
import { Dice, split } from './random.ts'

export interface ClassPerson {
  name: string
  sex: Sex
  birthDate: string
  role: 'teacher' | 'pupil'
  /** The teacher's telephone number; null for a pupil. */
  phone: string | null
  guardian: { name: string; phone: string; consented: boolean } | null
}

export interface SchoolClass {
  name: string
  people: ClassPerson[]
}

export interface School {
  name: string
  districtCode: string
  latitude: number
  longitude: number
  liaison: string
  liaisonPhone: string
  /** Classes with names; empty when the school reports only numbers. */
  classes: SchoolClass[]
  /** Classes without names: the numbers of teachers and pupils. */
  heads: { className: string; teachers: number; pupils: number }[]
}

export const schoolCounts = { schools: 22, people: 3229, headsOnly: 2 }

const classesEach = 4
/** Far above the numbers used for units (`phone(n)`), so that no number is used twice. */
const firstPhone = 40_000

/** All schools; the same seed gives the same schools. Every class has at least one teacher for eight pupils. */
export function makeSchools(seed = 20_260_305): School[] {
  const dice = new Dice(seed)
  let numbers = firstPhone
  const nextPhone = () => phone(numbers++)
  const words = [
    '实验',
    '育才',
    '胜利',
    '太子河',
    '解放',
    '新华',
    '东风',
    '曙光',
    '和平',
    '文化',
    '迎宾',
    '向阳',
  ]
  const sizes = split(
    schoolCounts.people,
    Array.from({ length: schoolCounts.schools }, () => 0.5 + dice.roll()),
    90,
  )
  return sizes.map((size, n): School => {
    const district = districts[n % districts.length] as (typeof districts)[number]
    const primary = n % 3 !== 2
    const school: School = {
      name: `${district.name}${words[n % words.length]}${n >= words.length ? '第二' : ''}${primary ? '小学' : '中学'}`,
      districtCode: district.code,
      latitude: Math.round((district.latitude + (dice.roll() - 0.5) * 0.02) * 1e5) / 1e5,
      longitude: Math.round((district.longitude + (dice.roll() - 0.5) * 0.03) * 1e5) / 1e5,
      liaison: aName(dice, 'female'),
      liaisonPhone: nextPhone(),
      classes: [],
      heads: [],
    }
    const parts = split(size, Array(classesEach).fill(1), 1)
    parts.forEach((people, at) => {
      const className = primary
        ? `${'四五'[at % 2]}年级${Math.floor(at / 2) + 1}班`
        : `${'七八'[at % 2]}年级${Math.floor(at / 2) + 1}班`
      const teachers = Math.ceil(people / 9)
      if (n < schoolCounts.headsOnly) {
        school.heads.push({ className, teachers, pupils: people - teachers })
      } else {
        const birthYear = primary ? 2015 - (at % 2) : 2012 - (at % 2)
        school.classes.push({ name: className, people: aClass(dice, people, teachers, birthYear, nextPhone) })
      }
    })
    return school
  })
}

function aClass(
  dice: Dice,
  people: number,
  teachers: number,
  birthYear: number,
  nextPhone: () => string,
): ClassPerson[] {
  return Array.from({ length: people }, (_, n): ClassPerson => {
    const sex: Sex = dice.chance(0.5) ? 'female' : 'male'
    const dayOf = (year: number) =>
      `${year}-${String(dice.between(1, 12)).padStart(2, '0')}-${String(dice.between(1, 28)).padStart(2, '0')}`
    if (n < teachers) {
      return {
        name: aName(dice, sex),
        sex,
        birthDate: dayOf(dice.between(1968, 1998)),
        role: 'teacher',
        phone: nextPhone(),
        guardian: null,
      }
    }
    const name = aName(dice, sex, true)
    return {
      name,
      sex,
      birthDate: dayOf(birthYear),
      role: 'pupil',
      phone: null,
      guardian: {
        name: `${name[0]}${aName(dice, 'male').slice(1)}`,
        phone: nextPhone(),
        consented: dice.chance(0.985),
      },
    }
  })
}
