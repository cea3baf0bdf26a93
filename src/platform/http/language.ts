import type { FastifyRequest } from 'fastify'

export type Language = 'zh' | 'en'

/** The language of the answer: `?lang=` if given, else zh or en by Accept-Language, else zh. */
export function languageOf(request: FastifyRequest): Language {
  const asked = (request.query as { lang?: unknown } | undefined)?.lang
  if (asked === 'zh' || asked === 'en') return asked
  const ranked = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';')
      const weight = parameters.map((each) => /^\s*q=([\d.]+)$/.exec(each)?.[1]).find((q) => q !== undefined)
      return { language: tag.split('-')[0], q: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ language, q }) => (language === 'zh' || language === 'en') && q > 0)
    .sort((a, b) => b.q - a.q)
  return ranked[0]?.language === 'en' ? 'en' : 'zh'
}
