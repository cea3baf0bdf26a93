import { type Html, html } from '#platform/http/html.ts'
import type { Language } from '#platform/http/language.ts'
import type { Office } from '../invitations/office.ts'
import type { SecurityRules } from '../password-rules.ts'
import { roleWords } from '../words.ts'
import { textsIn } from './page-texts.ts'

/** The action of a form: its own path, with the language and the page to open afterwards. */
const to = (path: string, language: Language, next?: string) =>
  `${path}?lang=${language}${next === undefined ? '' : `&next=${encodeURIComponent(next)}`}`

function languageSwitch(language: Language, next?: string): Html {
  return language === 'zh'
    ? html`<p class="soft"><a href="${to('', 'en', next)}" lang="en" hreflang="en">English</a></p>`
    : html`<p class="soft"><a href="${to('', 'zh', next)}" lang="zh-CN" hreflang="zh-CN">中文</a></p>`
}

/** Two fields for a new password, with the rules it must meet. */
function choosePassword(language: Language, name: string, rules: SecurityRules): Html {
  const t = textsIn(language)
  return html`<label for="${name}">${t('newPassword')}</label>
<input id="${name}" name="${name}" type="password" autocomplete="new-password" minlength="12" maxlength="128" required aria-describedby="hint">
<p class="soft" id="hint">${t(rules.classesMin > 1 ? 'passwordHintClasses' : 'passwordHint')}</p>
<label for="again">${t('again')}</label>
<input id="again" name="again" type="password" autocomplete="new-password" minlength="12" maxlength="128" required>`
}

function loginField(language: Language, login: string | undefined): Html {
  const t = textsIn(language)
  return html`<label for="login">${t('login')}</label>
<input id="login" name="login" value="${login}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required>`
}

/** The form for signing in with login and password; `next` is the page to open afterwards. */
export function signInForm(
  language: Language,
  { login, next }: { login?: string; next?: string | undefined },
): Html {
  const t = textsIn(language)
  return html`<h1>${t('signIn')}</h1>
<form class="card" method="post" action="${to('/sign-in', language, next)}">
${loginField(language, login)}
<label for="password">${t('password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="128" required>
<button class="primary">${t('signIn')}</button>
</form>
<p><a class="button" href="${to('/sign-in/code', language, next)}">${t('byCode')}</a></p>
<p class="soft">${t('useLink')}</p><p class="soft">${t('help')}</p>${languageSwitch(language, next)}`
}

/** The form that requests a login code for a phone number. */
export function codeRequestForm(
  language: Language,
  { phone, next }: { phone?: string; next?: string | undefined },
): Html {
  const t = textsIn(language)
  return html`<h1>${t('signIn')}</h1>
<form class="card" method="post" action="${to('/sign-in/code', language, next)}">
<label for="phone">${t('phone')}</label>
<input id="phone" name="phone" type="tel" value="${phone}" autocomplete="tel-national" inputmode="tel" maxlength="20" required>
<button class="primary">${t('sendCode')}</button>
</form>
<p><a class="button" href="${to('/sign-in', language, next)}">${t('byPassword')}</a></p>${languageSwitch(language, next)}`
}

/** The form for entering a login code. Looks the same for a known and an unknown phone number. */
export function codeForm(
  language: Language,
  { phone, next }: { phone: string; next?: string | undefined },
): Html {
  const t = textsIn(language)
  return html`<h1>${t('signIn')}</h1>
<form class="card" method="post" action="${to('/sign-in/code', language, next)}">
<input name="phone" type="hidden" value="${phone}">
<label for="code">${t('code')}</label>
<input class="code" id="code" name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="12" required autofocus>
<button class="primary">${t('signIn')}</button>
</form>
<p><a class="button quiet" href="${to('/sign-in/code', language, next)}">${t('sendCode')}</a></p>`
}

/** `landing`: the user's first page, unless it is this page. */
export function signedInCard(
  language: Language,
  { name, landing }: { name: string; landing: string | undefined },
): Html {
  const t = textsIn(language)
  return html`<h1>${t('signIn')}</h1>
<div class="card"><p>${t('signedInAs')}<strong>${name}</strong></p>
${landing && html`<a class="button primary" href="${landing}">${t('enter')}</a>`}
<form method="post" action="/sign-out"><button>${t('signOut')}</button></form>
<a class="button quiet" href="${to('/password', language)}">${t('changePassword')}</a></div>${languageSwitch(language)}`
}

/** The form of a one-time link, for choosing a password. `whose.name` is already masked. */
export function activationForm(
  language: Language,
  whose: { name: string; login: string; office: Office | null },
  rules: SecurityRules,
): Html {
  const t = textsIn(language)
  return html`<h1>${t('activate')}</h1>
<p>${t('activateIntro')}</p>
<form class="card" method="post" action="?lang=${language}">
<dl class="fact"><dt>${t('name')}</dt><dd>${whose.name}</dd>${officeFact(language, whose.office)}<dt>${t('login')}</dt><dd><strong>${whose.login}</strong></dd></dl>
<input type="text" autocomplete="username" value="${whose.login}" hidden>
${choosePassword(language, 'password', rules)}
<button class="primary">${t('save')}</button>
</form>
<p class="note warn">${t('notYou')}</p>${languageSwitch(language)}`
}

function officeFact(language: Language, office: Office | null): Html | undefined {
  if (!office) return undefined
  const role = roleWords[office.role][language]
  return html`<dt>${textsIn(language)('office')}</dt><dd>${office.over}${language === 'zh' ? '' : ', '}${role}</dd>`
}

/** For a used, replaced or incomplete link: explains what to do. */
export function deadLink(language: Language, said: Html): Html {
  const t = textsIn(language)
  return html`<h1>${t('activate')}</h1>${said}<p>${t('dead')}</p><p class="soft">${t('deadByCode')}</p>
<p><a class="button primary" href="${to('/sign-in', language)}">${t('signIn')}</a></p>
<p><a class="button" href="${to('/sign-in/code', language)}">${t('byCode')}</a></p>
<p><a class="button quiet" href="/?lang=${language}">${t('home')}</a></p>${languageSwitch(language)}`
}

/** The form for changing one’s own password. */
export function passwordForm(language: Language, { login }: { login?: string }, rules: SecurityRules): Html {
  const t = textsIn(language)
  return html`<h1>${t('changePassword')}</h1>
<form class="card" method="post" action="${to('/password', language)}">
${loginField(language, login)}
<label for="password">${t('present')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="128" required>
${choosePassword(language, 'newPassword', rules)}
<button class="primary">${t('save')}</button>
</form>${languageSwitch(language)}`
}
