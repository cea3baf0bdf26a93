/** The look, once: antd's theme, the CSS variables of every entry, and what is printed are made from it. */

export const colours = {
  ink: '#1f2328',
  soft: '#59636e',
  line: '#d1d9e0',
  ground: '#f6f8fa',
  card: '#ffffff',
  /** The mark alone. */
  brand: '#b3261e',
  primary: '#0b5cad',
  good: '#1a7f37',
  warn: '#8a5d00',
  bad: '#c62828',
  primaryGround: '#eaf3fc',
  goodGround: '#eaf6ed',
  warnGround: '#fdf5e2',
  badGround: '#fdeeee',
} as const

export const sizes = { text: 14, radius: 6 } as const

export const fonts = {
  text: `system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`,
} as const

/** Text and what it stands on: each pair is readable (4.5 : 1), and a test says so. */
export const pairs: readonly (readonly [keyof typeof colours, keyof typeof colours])[] = [
  ['ink', 'card'],
  ['ink', 'ground'],
  ['soft', 'card'],
  ['soft', 'ground'],
  ['primary', 'card'],
  ['primary', 'ground'],
  ['primary', 'primaryGround'],
  ['good', 'card'],
  ['good', 'goodGround'],
  ['warn', 'card'],
  ['warn', 'warnGround'],
  ['bad', 'card'],
  ['bad', 'badGround'],
  ['card', 'primary'],
  ['card', 'brand'],
]

/** The tokens as CSS variables: `--primary-ground` and so on. */
export function tokensCss(): string {
  const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const lines = Object.entries(colours).map(([name, value]) => `--${dashed(name)}:${value}`)
  return `:root{${lines.join(';')};--radius:${sizes.radius}px;--font:${fonts.text}}`
}
