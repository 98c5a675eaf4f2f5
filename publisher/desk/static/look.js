// The look: a theme and its options as a form, and what a check finds on the pages.

import { api } from './api.js'
import { button, el, field, icon, show, tick } from './dom.js'
import { shown, spotted } from './pages.js'
import { card, change, hear, job, state, tried } from './state.js'
import { t, told, trouble } from './words.js'

let checked = null

/** Show the look. */
export async function look(place, signal) {
  const inner = el('div', { class: 'inner' })
  const chosen = el('section', { class: 'stack', 'aria-labelledby': 'theme-title' })
  const form = el('section', { class: 'panel', 'aria-labelledby': 'options-title' })
  const found = el('section', { class: 'stack', 'aria-labelledby': 'findings-title' })
  show(place, el('div', { class: 'bar' }, el('h1', { class: 'grow' }, t('Look'))), inner)
  show(inner, chosen, form, found)
  show(form, el('div', { class: 'bone' }))
  findings(found)
  const { themes = [] } = await tried(() => api.themes()) ?? {}
  if (signal.aborted) return
  const options = async () => {
    const theme = await tried(() => api.theme(state.desk.theme.name))
    if (theme && !signal.aborted) show(form, optioned(theme))
  }
  const put = () => show(chosen, el('h2', { id: 'theme-title' }, t('Theme')),
    el('div', { class: 'themes', role: 'radiogroup', 'aria-labelledby': 'theme-title' }, themes.map(each => el('label', {},
      el('input', { type: 'radio', name: 'theme', id: `theme-${each.name}`, checked: each.name === state.desk.theme.name, onchange: () => change(revision => api.changeDesk({ revision, theme: { name: each.name } })) }),
      el('strong', {}, each.name), el('small', {}, t(each.summary))))))
  put()
  await options()
  hear('desk', () => { put(); if (!form.contains(document.activeElement) || document.activeElement.type !== 'text') options() }, signal)
}

function optioned(theme) {
  const set = (name, value) => change(revision => api.changeDesk({ revision, theme: { options: { [name]: value } } }))
  const control = option => {
    const id = `option-${option.name}`
    const value = option.value ?? option.default
    switch (option.type) {
      case 'flag': return tick(worded(option.name), { id, checked: String(value) === 'true', 'aria-describedby': `${id}-help`, onchange: event => set(option.name, String(event.target.checked)) })
      case 'choice': return el('select', { id, onchange: event => set(option.name, event.target.value) }, option.choices.map(each => el('option', { value: each, selected: each === value }, t(each))))
      case 'colour': return el('input', { type: 'color', id, value, onchange: event => set(option.name, event.target.value) })
      case 'picture': return el('input', { id, value, placeholder: t('a file of the folder'), onchange: event => set(option.name, event.target.value || null) })
      default: return el('input', { type: 'text', id, value, onchange: event => set(option.name, event.target.value || null) })
    }
  }
  return [el('h2', { id: 'options-title' }, t('Options of {theme}', { theme: theme.name })),
    theme.options.length ? el('div', { class: 'form' }, theme.options.map(option => {
      const made = control(option)
      return option.type === 'flag'
        ? el('div', { class: 'field' }, made, el('p', { class: 'help', id: `option-${option.name}-help` }, t(option.help)))
        : field(worded(option.name), made, t(option.help))
    })) : el('p', { class: 'soft' }, t('This theme has no options.'))]
}

const worded = name => {
  const words = t(`option ${name}`)
  return words === `option ${name}` ? name.charAt(0).toUpperCase() + name.slice(1).replace(/_/g, ' ') : words
}

// --- what a check finds --------------------------------------------------------------------------------------------------

const SEVERITIES = { error: 'Error', warning: 'Warning', note: 'Note' }

function findings(place) {
  show(place,
    el('div', { class: 'row' }, el('h2', { id: 'findings-title', class: 'grow' }, t('Findings')),
      button(t('Check the pages'), { id: 'check', drawing: 'yes', onclick: async () => {
        checked = await job(() => api.check()) ?? checked
        spotted(checked?.findings ?? [])
        findings(place)
        document.getElementById('check')?.focus()
      } })),
    checked && (checked.findings.length
      ? el('ul', { class: 'findings' }, Object.keys(SEVERITIES).flatMap(each => checked.findings.filter(found => found.severity === each)).map(finding))
      : el('p', { class: 'note good' }, icon('yes'), t('Nothing was found.'))),
    checked && checked.attachments.length > 0 && [el('h3', {}, t('Attached to the PDF')),
      el('ul', { class: 'small' }, checked.attachments.map(each => el('li', {}, el('code', {}, each.name), ` ${told(each.description)}`)))])
}

function finding(each) {
  return el('li', { class: 'finding' },
    el('span', { class: each.severity === 'error' ? 'chip wrong' : each.severity === 'warning' ? 'chip look' : 'chip' }, t(SEVERITIES[each.severity])),
    el('div', {}, el('p', {}, trouble(each, 'finding')), el('p', { class: 'small soft' }, [each.place, card(each.article)?.headline].filter(Boolean).join(' · '))),
    each.page && button(t('Page {number}', { number: each.page }), { class: 'bare', onclick: () => shown(each.page) }))
}
