const systems: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows NT 6\.1/, 'Windows 7'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]
/** The more particular ones first: each names itself as those it descends from, too. */
const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

/** Which device a session is on, as far as its browser said: `Windows · Edge`. Undefined when it said nothing known. */
export function deviceOf(userAgent: string | null): string | undefined {
  const named = [systems, browsers].map((known) => known.find(([sign]) => sign.test(userAgent ?? ''))?.[1])
  return named.filter(Boolean).join(' · ') || undefined
}
