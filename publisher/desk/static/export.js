// The export: which files, what is attached to them, how far it is, and the command line that does the same.

import { api } from './api.js'
import { button, el, field, icon, show } from './dom.js'
import { status } from './shell.js'
import { change, hear, job, printed, state, tried } from './state.js'
import { n, number, t, told, trouble } from './words.js'

const PROFILES = { generic: 'Any reader', kobo: 'Kobo', kindle: 'Kindle', apple: 'Apple Books', small: 'Small files' }
const PRESS = { bleed_mm: 3.0, marks: 'crop,registration', imposition: 'single', output_profile: null }
let made = null

/** Show the export. */
export async function exporting(place, signal) {
  const inner = el('div', { class: 'inner' })
  show(place, el('div', { class: 'bar' }, el('h1', { class: 'grow' }, t('Export')), button(t('Export'), { id: 'export', class: 'main', drawing: 'export', onclick: go })), inner)
  const result = el('section', { class: 'stack', 'aria-live': 'polite' })
  const chosen = el('section', { class: 'panel', 'aria-labelledby': 'outputs-title' })
  const rest = el('section', { class: 'stack' })
  show(inner, result, chosen, rest)
  const put = () => {
    show(chosen, outputs())
    document.getElementById('export').disabled = !ready()
  }
  async function go() {
    const start = document.getElementById('export')
    start.disabled = true
    const answer = await job(() => api.export())
    start.disabled = false
    if (!answer || signal.aborted) return
    made = answer
    finished(result)
    start.focus()
    status(n('One file is written', '{count} files are written', made.files.length))
  }
  put()
  finished(result)
  const told = await tried(() => api.outputs())
  if (signal.aborted || !told) return
  show(rest,
    el('h2', {}, t('The same without the desk')),
    el('div', { class: 'row' }, el('code', { class: 'grow panel' }, told.command),
      copying('copy', told.command)),
    told.shelf && shelving(told.shelf, signal),
    told.attachments?.length > 0 && [el('h2', {}, t('Attached to the PDF')), el('ul', { class: 'small stack' }, told.attachments.map(each =>
      el('li', {}, el('code', {}, each.name), ` ${each.description} `, each.bytes ? el('span', { class: 'soft' }, size(each.bytes)) : '')))])
  hear('desk', put, signal)
}

const copying = (id, command) =>
  button(t('Copy the command'), { id, drawing: 'copy', onclick: async () => { await navigator.clipboard.writeText(command); status(t('Copied')) } })

const ready = () => state.desk.outputs.length > 0 && printed().length > 0

// The shelf: where a finished issue goes for its readers. Of a week it has one issue, and another only takes its place when that is said.
function shelving({ name, command }, signal) {
  const outcome = el('div', { class: 'shelving stack', 'aria-live': 'polite' })
  const start = button(t('Put onto the shelf “{name}”', { name }), { id: 'shelve', drawing: 'book', onclick: () => go(false) })
  async function go(replace) {
    start.disabled = true
    show(outcome)
    const put = await job(() => api.shelve(replace), undefined, code => code === 'week-taken' && taken())
    start.disabled = !ready()
    if (!put || signal.aborted) return
    show(outcome, el('p', { class: 'good row' }, icon('yes'), t('It stands on the shelf “{name}” as the issue of {week}.', { name, week: put.week })))
    start.focus()
  }
  const taken = () => {
    show(outcome, el('p', { class: 'note wrong' }, icon('warn'), el('span', {}, t('The shelf has an issue of this week already.'))),
      el('div', {}, button(t('Put this one in its place'), { id: 'replace', onclick: () => go(true) })))
    document.getElementById('replace').focus()
    return true
  }
  start.disabled = !ready()
  hear('desk', () => { start.disabled = !ready() }, signal)
  return [
    el('h2', {}, t('The shelf')),
    el('p', { class: 'soft' }, t('Readers find the issue there, in the catalogue, on its page and in the feed.')),
    el('div', { class: 'row' }, start),
    outcome,
    el('div', { class: 'row' }, el('code', { class: 'grow panel' }, command), copying('copy-shelf', command))]
}

function outputs() {
  const there = state.desk.outputs
  const set = list => change(revision => api.changeDesk({ revision, outputs: list }))
  const swap = (at, changes) => set(there.map((each, other) => (other === at ? { ...each, ...changes } : each)))
  const add = (file, more = {}) => set([...there, { file: fresh(file), profile: 'generic', press: null, ...more }])
  const fresh = file => {
    const taken = new Set(there.map(each => each.file))
    const [, stem, end] = file.match(/^(.*?)(\.[^.]+)$/)
    for (let count = 1; ; count++) {
      const name = count === 1 ? file : `${stem}-${count}${end}`
      if (!taken.has(name)) return name
    }
  }
  return [
    el('h2', { id: 'outputs-title' }, t('Files')),
    !there.length && el('p', { class: 'soft' }, t('No file is chosen yet.')),
    el('ul', { class: 'made' }, there.map((each, at) => {
      const book = each.file.endsWith('.epub')
      const press = each.press
      return el('li', {}, icon(book ? 'book' : 'pages'),
        el('div', { class: 'form' },
          field(t(book ? 'E-book' : press ? 'PDF for a press' : 'PDF'), el('input', { id: `file-${at}`, value: each.file, onchange: event => swap(at, { file: event.target.value }) })),
          book && field(t('For'), el('select', { id: `profile-${at}`, onchange: event => swap(at, { profile: event.target.value }) },
            (state.desk.profiles ?? Object.keys(PROFILES)).map(name => el('option', { value: name, selected: name === each.profile }, t(PROFILES[name] ?? name))))),
          press && [
            field(t('Bleed (mm)'), el('input', { type: 'number', id: `bleed-${at}`, min: 0, max: 10, step: 0.5, value: press.bleed_mm, onchange: event => swap(at, { press: { ...press, bleed_mm: Number(event.target.value) } }) })),
            field(t('Marks'), el('select', { id: `marks-${at}`, onchange: event => swap(at, { press: { ...press, marks: event.target.value } }) },
              [['crop,registration', t('Crop and registration')], ['crop', t('Crop')], ['', t('None')]].map(([value, words]) => el('option', { value, selected: value === (press.marks ?? '') }, words)))),
            field(t('Imposition'), el('select', { id: `imposition-${at}`, onchange: event => swap(at, { press: { ...press, imposition: event.target.value } }) },
              [['single', t('Single pages')], ['booklet', t('Booklet')]].map(([value, words]) => el('option', { value, selected: value === press.imposition }, words))))]),
        button(t('Remove {file}', { file: each.file }), { id: `drop-${at}`, drawing: 'close', quiet: true, onclick: () => set(there.filter((_, other) => other !== at)) }))
    })),
    el('div', { class: 'row' },
      button(t('PDF'), { id: 'add-pdf', drawing: 'add', onclick: () => add('brief.pdf') }),
      button(t('PDF for a press'), { id: 'add-press', drawing: 'add', onclick: () => add('press.pdf', { press: PRESS }) }),
      button(t('E-book'), { id: 'add-book', drawing: 'add', onclick: () => add('brief.epub') }))]
}

function finished(place) {
  if (!made) return
  show(place, el('h2', { class: 'good row' }, icon('yes'), t('Written into the folder')),
    el('ul', { class: 'made' }, made.files.map(each => el('li', {}, icon(each.file.endsWith('.epub') ? 'book' : 'pages'),
      el('div', {}, el('strong', {}, each.file), el('p', { class: 'small soft' }, [each.pages && n('one page', '{count} pages', each.pages), size(each.bytes)].filter(Boolean).join(' · ')),
        each.changes.map(change => el('p', { class: 'small' }, told(change.what)))),
      el('a', { href: each.url, download: '' }, t('Download'))))),
    made.problems.length > 0 && el('details', {}, el('summary', {}, n('One problem', '{count} problems', made.problems.length)), el('ul', { class: 'small stack' }, made.problems.map(each => el('li', {}, trouble(each))))))
}

const size = bytes => (bytes < 1e6 ? `${number(bytes / 1e3, 0)} kB` : `${number(bytes / 1e6, 1)} MB`)
