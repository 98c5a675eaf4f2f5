// The folder: pages are brought in, and each article is a card.

import { api } from './api.js'
import { button, el, field, icon, show, tick } from './dom.js'
import { dialog, notice, status } from './shell.js'
import { change, hear, learn, printed, refresh, state, tried, whole } from './state.js'
import { day, n, sentence, t, told, trouble } from './words.js'

const FILTERS = {
  all: ['All', () => true],
  look: ['To look at', each => each.to_look_at > 0 || each.state === 'failed'],
  problems: ['With problems', each => each.problems.length > 0 || each.state === 'failed'],
  out: ['Left out', each => each.left_out || each.same_as],
}
let filter = 'all'
let words = ''

/** Show the folder. */
export function folder(place, signal) {
  const cards = el('ul', { class: 'cards', id: 'cards' })
  const bar = el('div', { class: 'bar' })
  const files = el('input', { type: 'file', multiple: true, hidden: true, id: 'files', 'aria-label': t('Files'), onchange: event => bring([...event.target.files]) })
  const folders = el('input', { type: 'file', webkitdirectory: true, hidden: true, id: 'folders', 'aria-label': t('A folder'), onchange: event => bring([...event.target.files]) })
  const known = new Map()
  const rowOf = each => {
    const says = JSON.stringify(each)
    const old = known.get(each.id)
    const row = !old ? carded(each) : old.says === says ? old.row : renewed(old.row, carded(each))
    known.set(each.id, { says, row })
    return row
  }
  const drop = el('section', { class: 'drop', 'aria-labelledby': 'drop-title' },
    el('div', {}, el('h2', { id: 'drop-title' }, t('Bring pages in')),
      el('p', { class: 'help' }, t('Drop files, a folder or photographs anywhere here, or paste what you copied from a browser.'))),
    el('div', { class: 'ways' }, files, folders,
      button(t('Files'), { id: 'bring-files', class: 'main', drawing: 'file', onclick: () => files.click() }),
      button(t('A folder'), { id: 'bring-folder', drawing: 'folder', onclick: () => folders.click() }),
      button(t('Paste'), { id: 'bring-paste', drawing: 'paste', onclick: pasted }),
      state.desk.has.web && [
        button(t('An address'), { id: 'bring-address', drawing: 'link', onclick: address }),
        button(t('A feed'), { id: 'bring-feed', drawing: 'feed', onclick: feed })]))
  const all = () => {
    show(bar, toolbar(all))
    const kept = state.desk.cards.filter(each => FILTERS[filter][1](each) && said(each).includes(words.toLowerCase()))
    const rows = kept.map(each => rowOf(each))
    if (rows.length !== cards.children.length || rows.some((row, at) => row !== cards.children[at])) show(cards, rows)
    empty.hidden = state.desk.cards.length > 0
    cards.hidden = !kept.length
    none.hidden = kept.length > 0 || !state.desk.cards.length
  }
  const empty = el('div', { class: 'empty' }, icon('pages'), el('h2', {}, t('Nothing is here yet')),
    el('p', {}, t('Saved pages, Word files, text, photographs: put them in, and they are read at once. What was guessed is shown to you, and everything stays as files in this folder.')),
    el('ol', { class: 'steps' }, [t('Bring in what you have: five pages are five files.'), t('Look at the lines that had to be guessed.'), t('Put the articles in order; choose a look.'), t('Export the PDF or the e-book.')].map(words => el('li', {}, words))),
    button(t('Try it with the examples'), { id: 'bring-examples', drawing: 'return', onclick: () => whole(api.examples) }))
  const none = el('p', { class: 'empty' }, t('No article is so.'))
  show(place, bar, el('div', { class: 'inner' }, drop, empty, none, cards))
  all()
  hear('desk', all, signal)
  hear('card', changed => {
    // Three hundred cards that come one by one are each put in their place: the rest stay.
    for (const each of changed) {
      const old = document.getElementById(`card-${each.id}`)
      const held = old?.contains(document.activeElement) ? document.activeElement.id : null
      const row = rowOf(each)
      if (!old) return all()
      if (row !== old) old.replaceWith(row)
      if (held) document.getElementById(held)?.focus()
    }
    return show(bar, toolbar(all))
  }, signal)
  received(place, signal)
}

const said = each => [each.headline, each.outlet, each.file, each.section].join(' ').toLowerCase()

function toolbar(all) {
  const { cards } = state.desk
  if (!cards.length) return [el('h1', {}, t('Articles'))]
  const guesses = cards.reduce((sum, each) => sum + each.to_look_at, 0)
  const first = cards.find(each => each.to_look_at)
  return [
    el('h1', {}, n('One article', '{count} articles', printed().length)),
    guesses
      ? el('a', { class: 'chip look', href: `#/read/${first.page}`, id: 'first-guess' }, icon('ask'), n('one line to look at', '{count} lines to look at', guesses))
      : el('span', { class: 'chip fine' }, icon('yes'), t('nothing to look at')),
    el('span', { class: 'grow' }),
    el('input', { type: 'search', id: 'find', value: words, 'aria-label': t('Find articles'), placeholder: t('Find articles'),
      oninput: event => { words = event.target.value; all() } }),
    el('select', { id: 'filter', 'aria-label': t('Which articles'), onchange: event => { filter = event.target.value; all() } },
      Object.entries(FILTERS).map(([value, [each]]) => el('option', { value, selected: value === filter }, t(each)))),
  ]
}

function carded(each) {
  const id = `card-${each.id}`
  if (each.state === 'waiting') {
    return el('li', { class: 'card', id, 'aria-busy': 'true' }, el('h3', {}, each.file), el('div', { class: 'bone' }), el('p', { class: 'about' }, t('Waits to be read')))
  }
  if (each.state === 'failed') {
    return el('li', { class: 'card', id }, el('h3', {}, each.file),
      el('p', { class: 'note wrong small' }, icon('warn'), el('span', {}, t('This could not be read.'), ' ', sentence(told(each.error)))),
      el('div', { class: 'ends' }, removal(each)))
  }
  const { pictures, problems } = each
  const out = each.left_out || each.same_as
  return el('li', { class: out ? 'card out' : 'card', id },
    el('h3', {}, el('a', { href: `#/read/${each.page}`, id: `${id}-read` }, each.headline)),
    el('p', { class: 'about' }, [each.outlet, each.published && day(each.published), languageOf(each.language), n('one word', '{count} words', each.words)].filter(Boolean).join(' · ')),
    el('div', { class: 'row' },
      each.to_look_at > 0 && el('span', { class: 'chip look' }, icon('ask'), n('one to look at', '{count} to look at', each.to_look_at)),
      each.corrected > 0 && el('span', { class: 'chip' }, icon('edit'), n('one line corrected', '{count} lines corrected', each.corrected)),
      each.same_as && el('span', { class: 'chip' }, t('a double')),
      each.lead && !out && el('span', { class: 'chip fine' }, icon('lead'), t('lead')),
      each.section && el('span', { class: 'chip' }, each.section),
      pictures.missing > 0 && el('span', { class: 'chip wrong' }, icon('picture'), n('one picture missing', '{count} pictures missing', pictures.missing)),
      pictures.without_alt > 0 && el('span', { class: 'chip look' }, icon('picture'), n('one picture without a description', '{count} pictures without a description', pictures.without_alt))),
    problems.length > 0 && el('details', { class: 'small' }, el('summary', {}, n('One problem', '{count} problems', problems.length)),
      el('ul', { class: 'stack' }, problems.map(problem => el('li', {}, trouble(problem))))),
    el('div', { class: 'ends' },
      button(each.left_out ? t('Take in') : t('Leave out'), { id: `${id}-out`, drawing: each.left_out ? 'return' : 'close', class: 'bare',
        'aria-describedby': `${id}-read`,
        onclick: () => change(revision => api.changeArticle(each.id, { revision, left_out: !each.left_out })) }),
      removal(each)))
}

/** A card with what another says now; its headline stays the same element, as somebody may be pressing it. */
function renewed(row, other) {
  const [link, words] = [row, other].map(each => each.querySelector('h3 a'))
  if (!link || !words) return other
  link.textContent = words.textContent
  link.href = words.href
  row.className = other.className
  while (row.children.length > 1) row.lastChild.remove()
  row.append(...[...other.children].slice(1))
  return row
}

const languageOf = tag => {
  try {
    return new Intl.DisplayNames([document.documentElement.lang], { type: 'language' }).of(tag)
  } catch {
    return tag
  }
}

function removal(each) {
  return button(t('Remove {file}', { file: each.file }), { id: `card-${each.id}-remove`, drawing: 'remove', quiet: true, onclick: async () => {
    const answer = await change(revision => api.removePage(each.page, revision))
    if (!answer) return
    await refresh()
    notice(t('{file} was taken out of the folder.', { file: each.file }), { act: t('Undo'), doing: () => document.getElementById('undo').click() })
  } })
}

// --- bringing in -------------------------------------------------------------------------------------------------------

/** Files, one after another; a photograph lies beside the pages then. What is refused is told at the end, all at once. */
async function bring(files, named = file => file.webkitRelativePath || file.name) {
  const refused = []
  for (const [at, file] of files.entries()) {
    status(t('Bringing in: {done} of {total}', { done: at + 1, total: files.length }), at / files.length)
    try {
      const answer = await api.file(named(file), file)
      learn({ cards: answer.cards })
    } catch (error) {
      refused.push(`${file.name}: ${error.message ? told(error.message) : t('The desk does not answer')}`)
      if (error.code === 'gone') break
    }
  }
  status(n('One file is in the folder', '{count} files are in the folder', files.length - refused.length))
  if (refused.length) dialog(n('One file was not taken', '{count} files were not taken', refused.length), el('ul', { class: 'stack' }, refused.map(each => el('li', {}, each))))
  await refresh()
}

/** What is dropped on the view or pasted into it. */
function received(place, signal) {
  addEventListener('dragover', event => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    place.classList.add('over')
  }, { signal })
  addEventListener('dragleave', event => { if (!event.relatedTarget) place.classList.remove('over') }, { signal })
  addEventListener('drop', async event => {
    event.preventDefault()
    place.classList.remove('over')
    const { dataTransfer } = event
    const entries = [...dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean)
    if (!entries.length) return take(dataTransfer)
    const found = (await Promise.all(entries.map(entry => within(entry, '')))).flat()
    return bring(found.map(({ file }) => file), file => found.find(each => each.file === file).name)
  }, { signal })
  addEventListener('paste', event => {
    if (event.target.closest?.('input, textarea')) return
    event.preventDefault()
    take(event.clipboardData)
  }, { signal })
}

/** The files of what was dropped, folders opened, by their names in it. */
async function within(entry, above) {
  const name = above + entry.name
  if (entry.isFile) return [{ name, file: await new Promise((resolve, reject) => entry.file(resolve, reject)) }]
  const reader = entry.createReader()
  const found = []
  for (;;) { // A folder is told a hundred at a time.
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))
    if (!some.length) return (await Promise.all(found.map(each => within(each, `${name}/`)))).flat()
    found.push(...some)
  }
}

/** Rich text, words or pictures, as the clipboard has them: the desk judges the markup, this page never shows it. */
async function take(data) {
  const html = data.getData('text/html') || null
  const text = data.getData('text/plain')
  const pictures = [...data.files].filter(file => file.type.startsWith('image/'))
  if (!html && !text) {
    if (data.files.length) await bring([...data.files])
    return
  }
  await put({ text, html, pictures: await Promise.all(pictures.map(encoded)), url: null })
}

async function put(body) {
  const answer = await tried(() => api.paste(body))
  if (!answer) return
  learn({ cards: answer.cards })
  await refresh()
  status(t('Pasted as {file}', { file: answer.file }))
}

const encoded = file => new Promise((resolve, reject) => {
  const reader = new FileReader()
  reader.onload = () => resolve({ name: file.name, data: reader.result.split(',')[1] })
  reader.onerror = () => reject(reader.error)
  reader.readAsDataURL(file)
})

function pasted() {
  let held = null // The rich form of what was pasted, while its words stand as they came.
  const area = el('textarea', { id: 'paste-text', rows: 10, onpaste: event => {
    const html = event.clipboardData.getData('text/html')
    if (html && !area.value) held = { html, text: event.clipboardData.getData('text/plain'), pictures: [...event.clipboardData.files] }
  } })
  const url = el('input', { type: 'url', id: 'paste-url', placeholder: 'https://' })
  const box = dialog(t('Paste a page'), [
    field(t('What you copied'), area, t('Everything of the page may come along: menus and buttons are recognised.')),
    field(t('Its address, if you know it'), url),
  ], [button(t('Bring in'), { class: 'main', id: 'paste-done', onclick: async () => {
    if (!area.value.trim()) return area.focus()
    const rich = held && held.text.replace(/\s+/g, ' ').trim() === area.value.replace(/\s+/g, ' ').trim() ? held : null
    box.close()
    return put({ text: area.value, html: rich?.html ?? null, pictures: await Promise.all((rich?.pictures ?? []).map(encoded)), url: url.value || null })
  } })])
  area.focus()
}

function address() {
  const url = el('input', { type: 'url', id: 'address', placeholder: 'https://', required: true })
  const said = el('p', { role: 'status', class: 'soft' })
  const form = el('form', { class: 'stack', onsubmit: async event => {
    event.preventDefault()
    said.textContent = t('The page is being fetched…')
    const answer = await tried(() => api.address(url.value))
    said.textContent = ''
    if (!answer) return
    box.close()
    learn({ cards: answer.cards })
    await refresh()
  } }, field(t('Address of the page'), url, t('The page is fetched with its pictures and kept in the folder. Without a network, save it in the browser and bring in the file.')),
  said, el('div', { class: 'row' }, el('button', { class: 'main', type: 'submit' }, t('Fetch'))))
  const box = dialog(t('A page by its address'), form)
}

function feed() {
  const url = el('input', { type: 'url', id: 'feed', placeholder: 'https://', required: true })
  const found = el('div', { class: 'stack', role: 'status' })
  const form = el('form', { class: 'stack', onsubmit: async event => {
    event.preventDefault()
    show(found, el('p', { class: 'soft' }, t('The feed is being fetched…')))
    const answer = await tried(() => api.feed(url.value))
    show(found)
    if (answer) listed(answer, found, () => box.close())
  } }, field(t('Address of the feed'), url), el('div', { class: 'row' }, el('button', { class: 'main', type: 'submit' }, t('Show what is in it'))))
  const box = dialog(t('Choose from a feed'), [form, found], [], { wide: true })
}

function listed({ title, entries }, found, close) {
  const chosen = new Set()
  const go = button('', { class: 'main', id: 'feed-go', onclick: async () => {
    close()
    const wanted = [...chosen]
    for (const [at, address] of wanted.entries()) {
      status(t('Bringing in: {done} of {total}', { done: at + 1, total: wanted.length }), at / wanted.length)
      const answer = await tried(() => api.address(address))
      if (answer) learn({ cards: answer.cards })
    }
    await refresh()
  } })
  const counted = () => {
    go.lastChild.textContent = n('Bring one article in', 'Bring {count} articles in', chosen.size)
    go.disabled = !chosen.size
  }
  counted()
  show(found, el('h3', {}, title),
    el('ul', {}, entries.map((entry, at) => el('li', {}, tick([entry.headline, entry.published && day(entry.published)].filter(Boolean).join(' · '), {
      id: `entry-${at}`, onchange: event => { chosen[event.target.checked ? 'add' : 'delete'](entry.url); counted() } })))),
    go)
}
