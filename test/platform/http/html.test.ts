import fc from 'fast-check'
import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { escapeHtml, html, raw } from '#platform/http/html.ts'
import { languageOf } from '#platform/http/language.ts'
import { layout } from '#platform/http/layout.ts'

test('what is inserted is text, whatever it says', () => {
  const name = `<script>alert("1")</script>' onload='x`
  expect(html`<p title="${name}">${name}</p>`.toString()).toBe(
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; onload=&#39;x">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; onload=&#39;x</p>',
  )
  fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(escapeHtml(text))))
})

test('pieces stay pieces, lists are joined, and nothing is written for nothing', () => {
  const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`)
  expect(html`<ul>${items}</ul>${null}${undefined}${false}${0}${raw('<hr>')}`.toString()).toBe(
    '<ul><li>a</li><li>&lt;b&gt;</li></ul>0<hr>',
  )
})

test('a page is small before anything stands in it', () => {
  const page = layout({ language: 'zh', title: '<标题>', body: html`<h1>内容</h1>` }).toString()
  expect(page).toContain('<title>&lt;标题&gt; · 集结 Muster</title>')
  expect(page).not.toContain('undefined')
  expect(Buffer.byteLength(page)).toBeLessThan(6000)
})

test.each([
  [undefined, undefined, 'zh'],
  ['en-GB,en;q=0.9', undefined, 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', undefined, 'zh'],
  ['en;q=0.3, zh;q=0.7', undefined, 'zh'],
  ['fr,en;q=0.5', undefined, 'en'],
  ['en;q=0', undefined, 'zh'],
  ['en', 'zh', 'zh'],
  ['zh', 'en', 'en'],
  ['zh', 'xx', 'zh'],
])('Accept-Language %s and ?lang=%s read %s', (header, lang, language) => {
  const request = { headers: { 'accept-language': header }, query: { lang } } as unknown as FastifyRequest
  expect(languageOf(request)).toBe(language)
})
