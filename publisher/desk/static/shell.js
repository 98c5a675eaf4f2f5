// The frame around the views: the head with its tools, the two panes, the foot, what is said for a moment, and dialogs.

import { button, el, icon, show } from './dom.js'
import { recall, remember } from './preferences.js'
import { LANGUAGES, language, speak, t } from './words.js'

const SCHEMES = ['system', 'light', 'dark']
const parts = {}

/** Make the frame anew, in the language spoken: what is shown in it is its caller's. */
export function frame({ views, folder, undo, redo, help, spoken }) {
  parts.views = el('nav', { class: 'views', 'aria-label': t('Views') }, views.map(({ name, drawing, words }) =>
    el('a', { href: `#/${name}`, data: { view: name } }, icon(drawing), el('span', {}, t(words)))))
  parts.saved = el('span', { class: 'saved' })
  parts.undo = button(t('Undo'), { id: 'undo', drawing: 'undo', quiet: true, onclick: undo, 'aria-keyshortcuts': 'Control+Z' })
  parts.redo = button(t('Redo'), { id: 'redo', drawing: 'redo', quiet: true, onclick: redo, 'aria-keyshortcuts': 'Control+Shift+Z' })
  parts.turn = button(t('Pages'), { id: 'turn', class: 'switch', drawing: 'pages', 'aria-pressed': 'false', onclick: () => turned() })
  const head = el('header', { class: 'head' },
    el('div', { class: 'name', title: folder }, icon('desk'), el('span', {}, folder.split('/').pop() || folder)),
    parts.views,
    el('div', { class: 'tools' }, parts.saved, parts.undo, parts.redo,
      button(t('Light or dark'), { id: 'scheme', drawing: 'dark', quiet: true, onclick: scheme }),
      button(t('Language: {name}', { name: LANGUAGES[language] }), { id: 'language', drawing: 'language', quiet: true, onclick: async () => {
        const next = language === 'vi' ? 'en' : 'vi'
        await speak(next)
        spoken()
      } }),
      button(t('Keys and help'), { id: 'help', drawing: 'help', quiet: true, onclick: help, 'aria-keyshortcuts': 'F1' })))
  parts.work = el('main', { class: 'work', id: 'work', tabindex: '0' })
  parts.pages = el('aside', { class: 'pages', id: 'pages', tabindex: '-1', 'aria-label': t('The pages') })
  parts.room = el('div', { class: 'room' }, parts.work, parts.pages)
  parts.progress = el('progress', { 'aria-label': t('Progress'), hidden: true })
  parts.status = el('span', { role: 'status', 'aria-live': 'polite' })
  const foot = el('footer', { class: 'foot' }, parts.progress, parts.status, parts.turn)
  parts.toast = el('div', { class: 'toast', role: 'region', 'aria-label': t('Notices') })
  document.body.replaceChildren(
    el('a', { class: 'skip', href: '#work', onclick: event => { event.preventDefault(); parts.work.focus() } }, t('Skip to the work')),
    el('a', { class: 'skip', href: '#pages', onclick: event => { event.preventDefault(); turned(true); parts.pages.focus() } }, t('Skip to the pages')),
    head, parts.room, foot, parts.toast)
  return parts
}

/** Say which view is shown, and whether the pages stand beside it. */
export function viewed(name, words, { alone = false } = {}) {
  for (const link of parts.views.children) {
    if (link.dataset.view === name) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
  parts.room.classList.toggle('alone', alone)
  parts.turn.disabled = alone
  turned(false)
  document.title = `${words} – ${t('Desk')}`
}

/** Turn to the pages or back, where there is room for one of both. */
export function turned(pages = !parts.room.classList.contains('turned')) {
  parts.room.classList.toggle('turned', pages)
  parts.turn.setAttribute('aria-pressed', String(pages))
}

/** Say in the foot, and to screen readers, what goes on; `share` is from 0 to 1, `null` without a measure. */
export function status(words, share) {
  parts.status.textContent = words
  parts.progress.hidden = share === undefined
  if (share === null) parts.progress.removeAttribute('value')
  else if (share !== undefined) parts.progress.value = share
}

/** Say how the files stand. */
export function saved(words, { bad = false } = {}) {
  parts.saved.textContent = words
  parts.saved.classList.toggle('bad', bad)
}

/** What can be taken back and done again. */
export function history(undo, redo) {
  for (const [part, words, step] of [[parts.undo, t('Undo'), undo], [parts.redo, t('Redo'), redo]]) {
    part.disabled = !step
    part.title = step ? `${words}: ${step}` : words
  }
}

/** Say something for a while, with one thing to do about it; what went wrong stays until it is put away. Gives its element. */
export function notice(words, { act, doing, stays = false } = {}) {
  const box = stays && document.querySelector('dialog[open] > .inner')
  if (box) { // Nothing beyond a dialog can be read or put away while it is open.
    box.querySelector(':scope > .wrong')?.remove()
    return box.appendChild(el('p', { class: 'note wrong', role: 'alert' }, icon('warn'), el('span', {}, words)))
  }
  const close = () => note.remove()
  const note = el('div', { role: stays ? 'alert' : 'status' }, el('span', { class: 'grow' }, words),
    act && el('button', { type: 'button', onclick: () => { close(); doing() } }, act),
    stays && el('button', { type: 'button', class: 'quiet', 'aria-label': t('Put away'), onclick: close }, el('span', { 'aria-hidden': 'true' }, '×')))
  for (const each of parts.toast.children) if (each.firstChild.textContent === words) each.remove() // Said once is enough.
  parts.toast.append(note)
  while (parts.toast.children.length > 3) parts.toast.firstChild.remove()
  if (!stays) setTimeout(close, 7000)
  return note
}

/** A dialog, open until it is closed: `ends` are its buttons. The focus goes back to where it was. */
export function dialog(title, inner, ends = [], { wide = false } = {}) {
  const close = () => box.close()
  const box = el('dialog', { class: wide ? 'wide' : '', 'aria-labelledby': 'dialog-title', onclose: () => box.remove() },
    el('div', { class: 'title' }, el('h2', { id: 'dialog-title', tabindex: '-1' }, title),
      button(t('Close'), { drawing: 'close', quiet: true, onclick: close })),
    el('div', { class: 'inner' }, inner),
    ends.length > 0 && el('div', { class: 'ends' }, ends))
  document.body.append(box)
  box.showModal()
  return Object.assign(box, { put: (...children) => show(box.querySelector('.inner'), ...children) })
}

/** Follow the choice of light or dark that was made here, else the system's. */
export function lit() {
  const chosen = recall('scheme')
  if (chosen) document.documentElement.dataset.scheme = chosen
  else delete document.documentElement.dataset.scheme
}

function scheme() {
  const next = SCHEMES[(SCHEMES.indexOf(recall('scheme') ?? 'system') + 1) % SCHEMES.length]
  remember('scheme', next === 'system' ? '' : next)
  lit()
  status({ system: t('Light or dark as the system has it'), light: t('Light'), dark: t('Dark') }[next])
}
