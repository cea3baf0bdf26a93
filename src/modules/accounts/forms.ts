import { type Html, html } from '#platform/http/html.ts'
import type { Language } from '#platform/http/language.ts'
import { textsIn } from './page-texts.ts'
import type { SecurityRules } from './password-rules.ts'

/** Forms post to where they are shown, and keep the language that is being read. */
const to = (path: string, language: Language) => `${path}?lang=${language}`

function languageSwitch(language: Language): Html {
  return language === 'zh'
    ? html`<p class="soft"><a href="?lang=en" lang="en" hreflang="en">English</a></p>`
    : html`<p class="soft"><a href="?lang=zh" lang="zh-CN" hreflang="zh-CN">中文</a></p>`
}

/** Two fields for a password that somebody chooses, and what the rules ask of it. */
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

export function signInForm(language: Language, { login }: { login?: string }): Html {
  const t = textsIn(language)
  return html`<h1>${t('signIn')}</h1>
<form class="card" method="post" action="${to('/sign-in', language)}">
${loginField(language, login)}
<label for="password">${t('password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="128" required>
<button class="primary">${t('signIn')}</button>
</form>
<p><a class="button" href="${to('/sign-in/code', language)}">${t('byCode')}</a></p>
<p class="soft">${t('useLink')}</p><p class="soft">${t('help')}</p>${languageSwitch(language)}`
}

export function codeRequestForm(language: Language, { phone }: { phone?: string }): Html {
  const t = textsIn(language)
  return html`<h1>${t('signIn')}</h1>
<form class="card" method="post" action="${to('/sign-in/code', language)}">
<label for="phone">${t('phone')}</label>
<input id="phone" name="phone" type="tel" value="${phone}" autocomplete="tel-national" inputmode="tel" maxlength="20" required>
<button class="primary">${t('sendCode')}</button>
</form>
<p><a class="button" href="${to('/sign-in', language)}">${t('byPassword')}</a></p>${languageSwitch(language)}`
}

export function codeForm(language: Language, { phone }: { phone: string }): Html {
  const t = textsIn(language)
  return html`<h1>${t('signIn')}</h1>
<form class="card" method="post" action="${to('/sign-in/code', language)}">
<input name="phone" type="hidden" value="${phone}">
<label for="code">${t('code')}</label>
<input class="code" id="code" name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="12" required autofocus>
<button class="primary">${t('signIn')}</button>
</form>
<p><a class="button quiet" href="${to('/sign-in/code', language)}">${t('sendCode')}</a></p>`
}

export function signedInCard(language: Language, name: string): Html {
  const t = textsIn(language)
  return html`<h1>${t('signIn')}</h1>
<div class="card"><p>${t('signedInAs')}<strong>${name}</strong></p>
<form method="post" action="/sign-out"><button>${t('signOut')}</button></form>
<a class="button quiet" href="${to('/password', language)}">${t('changePassword')}</a></div>${languageSwitch(language)}`
}

export function activationForm(
  language: Language,
  whose: { name: string; login: string },
  rules: SecurityRules,
): Html {
  const t = textsIn(language)
  return html`<h1>${t('activate')}</h1>
<p>${t('activateIntro')}</p>
<form class="card" method="post" action="?lang=${language}">
<dl class="fact"><dt>${t('name')}</dt><dd>${whose.name}</dd><dt>${t('login')}</dt><dd><strong>${whose.login}</strong></dd></dl>
<input type="text" autocomplete="username" value="${whose.login}" hidden>
${choosePassword(language, 'password', rules)}
<button class="primary">${t('save')}</button>
</form>
<p class="note warn">${t('notYou')}</p>${languageSwitch(language)}`
}

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
