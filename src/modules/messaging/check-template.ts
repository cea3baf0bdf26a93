import type { TemplateCheck } from './contract.ts'
import type { KindDefinition, Values } from './kinds.ts'
import type { Capabilities } from './providers/provider.ts'
import type { templates } from './schema.ts'
import { segmentsOf } from './segments.ts'
import { filled, hasStrayBrace, signed, type Template, variablesIn } from './template-text.ts'
import { type Channel, type TemplateProblem, templateProblems } from './words.ts'

type Problem = TemplateCheck['problems'][number]
type Language = 'zh' | 'en'

const languages: readonly Language[] = ['zh', 'en']

/** An address in the fixed text: with a scheme, or a host name that a phone turns into a link. */
const address = /https?:\/\/|www\.|(?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov)\b/i

/**
 * Validates a template against the provider of its channel and measures its texts. Returns every problem, not the
 * first.
 */
export function checkTemplate(
  template: Template,
  channel: Channel,
  kind: KindDefinition,
  capabilities: Capabilities,
): TemplateCheck {
  const problems = languages.flatMap((language) => [
    ...wordProblems(template, language, kind),
    ...linkProblems(template.body[language], `body.${language}`, kind, capabilities),
    ...(channel === 'email' ? subjectProblems(template, language) : []),
  ])
  if (channel === 'sms') problems.push(...signatureProblems(template, capabilities))
  const measures = {
    zh: measure(template, 'zh', kind, channel, capabilities),
    en: measure(template, 'en', kind, channel, capabilities),
  }
  for (const language of languages) {
    if (channel === 'sms' && measures[language].segmentsMax > capabilities.segmentsMax) {
      problems.push(problem('too_long', `body.${language}`, `${measures[language].segmentsMax}`))
    }
  }
  return { usable: problems.length === 0, problems, ...measures }
}

const told = new WeakMap<object, boolean>()

/**
 * Whether the saved words can tell what their kind has to say. A kind may have got variables since they were saved: without
 * those that are required a text may say of one what is true of another.
 */
export function tellsAll(saved: typeof templates.$inferSelect, kind: KindDefinition): boolean {
  const known = told.get(saved)
  if (known !== undefined) return known
  const { bodyZh: zh, bodyEn: en, subjectZh, subjectEn, signature, providerTemplate: filedAs } = saved
  const subject = subjectZh && subjectEn ? { zh: subjectZh, en: subjectEn } : null
  const template = { signature, subject, body: { zh, en }, filedAs }
  const all = languages.every((language) => wordProblems(template, language, kind).length === 0)
  told.set(saved, all)
  return all
}

function problem(name: TemplateProblem, where: string, what: string | null = null): Problem {
  return { problem: name, text: templateProblems[name], where, what }
}

function wordProblems(template: Template, language: Language, kind: KindDefinition): Problem[] {
  const texts = [
    { where: `body.${language}`, text: template.body[language] },
    ...(template.subject ? [{ where: `subject.${language}`, text: template.subject[language] }] : []),
  ]
  const wrong = texts.flatMap(({ where, text }) => [
    ...variablesIn(text)
      .filter((name) => !Object.hasOwn(kind.variables, name))
      .map((name) => problem('variable_unknown', where, name)),
    ...(hasStrayBrace(text) ? [problem('brace_unmatched', where)] : []),
  ])
  const named = new Set(variablesIn(template.body[language]))
  const left = Object.entries(kind.variables).filter(([name, { required }]) => required && !named.has(name))
  return [...wrong, ...left.map(([name]) => problem('required_variable_missing', `body.${language}`, name))]
}

function linkProblems(text: string, where: string, kind: KindDefinition, { links }: Capabilities): Problem[] {
  const inVariables = variablesIn(text).filter((name) => kind.variables[name]?.link)
  const inWords = address.exec(text)?.[0]
  return [
    ...(links === 'anywhere' ? [] : inVariables.map((name) => problem('link_not_allowed', where, name))),
    ...(links === 'nowhere' && inWords ? [problem('link_not_allowed', where, inWords)] : []),
  ]
}

function subjectProblems({ subject }: Template, language: Language): Problem[] {
  const text = subject?.[language]
  if (!text?.trim()) return [problem('subject_missing', `subject.${language}`)]
  return /[\r\n]/.test(text) ? [problem('subject_breaks_line', `subject.${language}`)] : []
}

function signatureProblems({ signature, body }: Template, capabilities: Capabilities): Problem[] {
  const again = languages.filter((language) => /[【】]/.test(body[language]))
  return [
    ...(capabilities.signature && !signature ? [problem('signature_missing', 'signature')] : []),
    ...again.map((language) => problem('signature_in_text', `body.${language}`)),
  ]
}

function measure(
  template: Template,
  language: Language,
  kind: KindDefinition,
  channel: Channel,
  { billing }: Capabilities,
) {
  const textWith = (values: Values) => {
    const known = template.body[language].replace(/\{([A-Za-z][A-Za-z0-9]*)\}/g, (whole, name) =>
      Object.hasOwn(kind.variables, name) ? whole : name,
    )
    const text = filled(known, values)
    return channel === 'sms' ? signed(text, template.signature) : text
  }
  const textOf = (pick: (variable: KindDefinition['variables'][string]) => string) =>
    textWith(Object.fromEntries(Object.entries(kind.variables).map(([name, each]) => [name, pick(each)])))
  const text = textOf(({ sample }) => sample)
  const longest = textOf(({ sample, longest }) => longest ?? sample)
  return {
    text,
    characters: longest.length,
    segments: channel === 'sms' ? segmentsOf(text, billing) : 0,
    segmentsMax: channel === 'sms' ? segmentsOf(longest, billing) : 0,
  }
}
