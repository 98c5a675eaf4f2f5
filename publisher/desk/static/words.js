// The words of the interface. As in the themes' catalogues, the keys are English; `words/vi.json` has them in Vietnamese, and
// `words/vi-messages.json` the lines that the desk and the pipeline give, names in braces standing for what is in them:
// `{count}` for a figure, `{list}` for several things with commas, others for anything that is a line itself or stays.

import { remember } from './preferences.js'

export const LANGUAGES = { vi: 'Tiếng Việt', en: 'English' }
let catalogue = {}
let lines = []
const heard = new Map() // lines that were asked for, as they were told
export let language = 'en'

/** Speak a language from now on; without one, that which the desk chose by the browser's. */
export async function speak(chosen) {
  if (chosen) remember('language', chosen)
  language = chosen ?? document.documentElement.lang
  const read = async name => (language === 'en' ? {} : (await fetch(`/static/words/${language}${name}.json`)).json())
  catalogue = await read('')
  heard.clear()
  lines = Object.entries(await read('-messages')).map(([line, words]) => [formed(line), line.match(NAMES) ?? [], words])
  document.documentElement.lang = language
}

/** The words in the language spoken; names in braces stand for values. */
export function t(message, values = {}) {
  return (catalogue[message] ?? message).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
}

const NAMES = /\{\w+\}/g
const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const formed = line => new RegExp(`^${line.split(/(\{\w+\})/).map(part => ({ '{count}': '([\\d.,]+)' })[part] ?? (part.match(NAMES) ? '(.*?)' : escaped(part))).join('')}$`, 's')

/** A line of the desk or the pipeline in the language spoken; as it is where nobody translated it. */
export function told(message) {
  if (!heard.has(message)) heard.set(message, tell(message))
  return heard.get(message)
}

function tell(message) {
  if (message in catalogue) return catalogue[message]
  for (const [form, names, words] of lines) {
    const found = form.exec(message)
    if (found) return names.reduce((said, name, at) => said.replace(name, () => part(name, found[at + 1])), words)
  }
  // What is to be done about it is a sentence of its own.
  const [first, ...rest] = message.split(/\. (?=\p{Lu})/u)
  return rest.length ? `${told(first)}. ${told(rest.join('. '))}` : message
}

const part = (name, found) => (name === '{list}' ? found.split(/([,;] )/).map(told).join('') : told(found.replace(/^(['"])(.*)\1$/, '“$2”')))

/** A line as a sentence of its own; a name that begins it stays as it is. */
export const sentence = line => line.replace(/^\p{Ll}(?=\p{Ll}*(?:\s|$))/u, letter => letter.toUpperCase())

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

/** What a problem, a finding or a digest's reason is: its line, and where that is in no other words what its code means. */
export function trouble({ code, message }, kind = 'problem') {
  const line = told(message)
  const words = catalogue[`${kind} ${code}`]
  return words && line === message ? `${words} (${message})` : sentence(line)
}
