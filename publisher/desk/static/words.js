// The words of the interface. As in the themes' catalogues, the keys are English; `words/vi.json` has them in Vietnamese, and
// `words/vi-messages.json` the lines that the desk itself gives, names in braces standing for what is in them.

import { remember } from './preferences.js'

export const LANGUAGES = { vi: 'Tiếng Việt', en: 'English' }
let catalogue = {}
let lines = []
export let language = 'en'

/** Speak a language from now on; without one, that which the desk chose by the browser's. */
export async function speak(chosen) {
  if (chosen) remember('language', chosen)
  language = chosen ?? document.documentElement.lang
  const read = async name => (language === 'en' ? {} : (await fetch(`/static/words/${language}${name}.json`)).json())
  catalogue = await read('')
  lines = Object.entries(await read('-messages')).map(([line, words]) => [new RegExp(`^${line.split(/\{\w+\}/).map(escaped).join('(.*?)')}$`, 's'), line.match(/\{\w+\}/g) ?? [], words])
  document.documentElement.lang = language
}

/** The words in the language spoken; names in braces stand for values. */
export function t(message, values = {}) {
  return (catalogue[message] ?? message).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
}

const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A line of the desk's own in the language spoken; as it is where nobody translated it. */
export function told(message) {
  for (const [form, names, words] of lines) {
    const found = form.exec(message)
    if (found) return names.reduce((said, name, at) => said.replace(name, () => told(found[at + 1].replace(/^'(.*)'$/, '“$1”'))), words)
  }
  return message
}

/** Words for one, or for many with `{count}` written as the language writes numbers. */
export function n(one, many, count, values = {}) {
  return t(count === 1 ? one : many, { ...values, count: number(count) })
}

/** A number as the language writes it, with so many decimals at most. */
export function number(value, decimals = 0) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: decimals }).format(value)
}

/** A day (`2026-03-21`) as the language writes it. */
export function day(text) {
  const [year, month, date] = text.slice(0, 10).split('-').map(Number)
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(year, month - 1, date))
}

/** What a problem, a finding or a digest's reason is: in the language spoken what its code means, and the desk's own line about it. */
export function trouble({ code, message }, kind = 'problem') {
  const words = t(`${kind} ${code}`)
  return words === `${kind} ${code}` ? told(message) : `${words} (${told(message)})`
}
