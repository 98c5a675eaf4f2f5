// The digest's desk: what the next issue would hold, what it would not and why, and a tick that overrules it.

import { api } from './api.js'
import { button, el, field, icon, show } from './dom.js'
import { dialog, status } from './shell.js'
import { job, tried } from './state.js'
import { n, t, told, trouble } from './words.js'

/** Show the digests of the folder. */
export async function digest(place, signal) {
  const inner = el('div', { class: 'inner' })
  show(place, el('div', { class: 'bar' }, el('h1', { class: 'grow' }, t('Digest'))), inner)
  show(inner, el('div', { class: 'bone' }))
  const told = await tried(() => api.digests())
  if (signal.aborted) return
  if (!told?.digests.length) {
    show(inner, el('div', { class: 'empty' }, icon('digest'), el('h2', {}, t('No digest is set up in this folder')),
      el('p', {}, t('A digest makes an issue each week by itself. Its settings are a file, digest.toml; “publisher digest --init” writes one.'))))
    return
  }
  show(inner, told.digests.map(each => planned(each, signal)))
}

function planned(each, signal) {
  const week = el('input', { id: `week-${each.id}`, placeholder: '2026-W12', pattern: '\\d{4}-W\\d{2}', style: { width: '9rem' } })
  const rows = el('div', { class: 'stack' })
  const run = async () => {
    show(rows, el('div', { class: 'bone' }))
    const plan = await job(() => api.plan(each.id, week.value || null))
    if (signal.aborted) return
    show(rows)
    if (plan) table(rows, each, plan, run)
  }
  return el('section', { class: 'panel', 'aria-label': each.title },
    el('h2', {}, each.title), el('p', { class: 'small soft' }, each.file),
    each.error ? el('p', { class: 'note wrong' }, icon('warn'), told(each.error)) : [
      el('div', { class: 'row' }, field(t('Week'), week, t('Empty for the week that is due.')),
        button(t('What would be in it'), { id: `plan-${each.id}`, class: 'main', drawing: 'digest', onclick: run })),
      rows])
}

function table(place, digest, plan, run) {
  // A report of a story that another one tells is no article of its own.
  const within = plan.rows.filter(row => row.in && !row.also).length
  const set = async (row, checked) => {
    const answer = await tried(() => api.overrule(digest.id, { key: row.key, in: checked, week: plan.week }))
    if (!answer) return
    row.overruled = true
    row.in = checked
    table(place, digest, plan, run)
    status(checked ? t('Taken in: {headline}', row) : t('Left out: {headline}', row))
  }
  const publish = () => {
    const box = dialog(t('Publish {week}?', plan), el('p', {}, t('The issue is made, put on the shelf, and mailed where that is set.')),
      [button(t('Cancel'), { onclick: () => box.close() }), button(t('Publish'), { class: 'main', onclick: async () => {
        box.close()
        const result = await job(() => api.publish(digest.id, plan.week))
        if (result) status(result.message ? told(result.message) : t('Published'))
      } })])
  }
  show(place,
    el('div', { class: 'row' }, el('h3', { class: 'grow' }, `${plan.week}: `, n('one article in', '{count} articles in', within), ', ', n('one out', '{count} out', plan.rows.filter(row => !row.in).length)),
      button(t('Publish'), { id: `publish-${digest.id}`, drawing: 'export', disabled: !within, onclick: publish })),
    plan.code !== 0 && plan.message && el('p', { class: 'small soft' }, told(plan.message)),
    el('div', { class: 'scrolled', tabindex: '0', role: 'group', 'aria-label': t('What would be in it') }, el('table', {},
      el('thead', {}, el('tr', {}, [t('In'), t('Headline'), t('Section'), t('Why')].map(words => el('th', { scope: 'col' }, words)))),
      el('tbody', {}, plan.rows.map((row, at) => el('tr', {},
        el('td', {}, el('input', { type: 'checkbox', id: `row-${digest.id}-${at}`, checked: row.in, 'aria-label': row.headline, onchange: event => set(row, event.target.checked) })),
        el('td', {}, row.headline, row.also && el('span', { class: 'chip' }, t('same story'))),
        el('td', {}, row.section ?? ''),
        el('td', { class: 'small' }, row.overruled && el('span', { class: 'chip look' }, icon('edit'), t('overruled')), ' ', row.because && trouble({ code: row.reason, message: row.because }, 'reason'))))))))
}
