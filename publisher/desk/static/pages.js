// The pages beside the work: pictures of our own PDF, of which only those that differ are put in the place of others.

import { api } from './api.js'
import { button, el, icon, show } from './dom.js'
import { turned } from './shell.js'
import { card, hear, printed, state, tried } from './state.js'
import { n, number, sentence, t, told, trouble } from './words.js'

const ZOOMS = [50, 75, 100, 140, 200]
const FACES = { 'six-inch': [600, 800], telephone: [360, 640] }
const seen = { zoom: 100, two: false, book: false, face: 'six-inch', night: false, letters: 100, document: 0 }
let sheets = null
let spots = []

/** Keep the pages in their pane. */
export function pages(pane) {
  const signal = new AbortController().signal
  sheets = el('div', { class: 'sheets', tabindex: '0', role: 'group', 'aria-label': t('The pages') })
  const bar = el('div', { class: 'bar' })
  const bars = () => show(bar, toolbar(pane, bars))
  const all = () => { bars(); if (!seen.book) render() }
  pane.replaceChildren(bar, sheets)
  bars()
  hear('render', () => { all(); if (seen.book && state.render.state === 'done') book(pane) }, signal)
  hear('desk', all, signal)
  if (seen.book) book(pane)
  else render()
}

function toolbar(pane, bars) {
  const { render: made } = state
  const turn = shown => { seen.book = shown; pane.replaceChildren(pane.firstChild, shown ? reader : sheets); bars(); if (shown) book(pane); else render() }
  return [
    el('div', { class: 'segments', role: 'group', 'aria-label': t('What is shown') },
      button(t('Print'), { id: 'show-print', drawing: 'pages', 'aria-pressed': String(!seen.book), onclick: () => turn(false) }),
      button(t('E-book'), { id: 'show-book', drawing: 'book', 'aria-pressed': String(seen.book), onclick: () => turn(true) })),
    el('span', { class: 'grow small soft' }, seen.book ? '' : said(made)),
    seen.book ? [
      el('label', { class: 'unseen', for: 'face' }, t('Screen')),
      el('select', { id: 'face', style: { width: 'auto' }, onchange: event => { seen.face = event.target.value; book(pane) } },
        [['six-inch', t('Six inches')], ['telephone', t('Telephone')]].map(([value, words]) => el('option', { value, selected: seen.face === value }, words))),
      button(t('Night'), { id: 'night', 'aria-pressed': String(seen.night), onclick: () => { seen.night = !seen.night; bars(); book(pane) } }),
      button('200 %', { id: 'letters', 'aria-label': t('Letters of twice the size'), 'aria-pressed': String(seen.letters === 200), onclick: () => { seen.letters = seen.letters === 200 ? 100 : 200; bars(); book(pane) } }),
    ] : [
      button(t('Smaller'), { id: 'smaller', drawing: 'smaller', quiet: true, disabled: seen.zoom === ZOOMS[0], onclick: () => zoom(-1, bars) }),
      button(t('Larger'), { id: 'larger', drawing: 'larger', quiet: true, disabled: seen.zoom === ZOOMS.at(-1), onclick: () => zoom(1, bars) }),
      button(t('Two beside each other'), { id: 'two', drawing: 'two', quiet: true, 'aria-pressed': String(seen.two), onclick: () => { seen.two = !seen.two; bars(); sized() } }),
    ],
  ]
}

/** How many pages there are, of how many, and whether others are on their way. */
function said(made) {
  if (!made) return ''
  const { budget, pages: there } = made
  if (!there.length && made.state !== 'working') return ''
  if (!there.length) return printed().length ? t('The pages are being made.') : ''
  const count = budget?.allowed
    ? t('{used} of {allowed} pages', { used: number(budget.used, 1), allowed: number(budget.allowed) })
    : n('one page', '{count} pages', there.length)
  return made.state === 'working' ? t('{count}; new ones are being made…', { count }) : count
}

function zoom(by, bars) {
  seen.zoom = ZOOMS[ZOOMS.indexOf(seen.zoom) + by]
  bars()
  sized()
}

function sized() {
  for (const sheet of sheets.querySelectorAll('.sheet')) sheet.style.setProperty('--wide', wide())
}

// As wide as the pane at 100 %, but no wider than a page that can be read across a table.
const wide = () => `min(calc((100cqw - ${seen.two ? 18 : 0}px) * ${seen.zoom / (seen.two ? 200 : 100)}), ${seen.zoom * 9}px)`

function render() {
  const { render: made } = state
  if (!made?.pages.length) {
    show(sheets, state.desk.cards.length || made?.state === 'working'
      ? made?.state === 'failed' ? failed(made) : [el('div', { class: 'sheet bone', style: { '--wide': wide() } }), el('p', { class: 'unseen' }, t('The pages are being made.'))]
      : el('div', { class: 'empty' }, icon('pages'), el('h2', {}, t('The pages appear here')), el('p', {}, t('As soon as there is an article, its pages stand here and follow each change.'))))
    return
  }
  const old = new Map([...sheets.querySelectorAll('.sheet[data-number]')].map(sheet => [sheet.dataset.number, sheet]))
  const drafts = drafted(made)
  const now = made.pages.map(page => {
    const draft = drafts.get(page.number)
    const { image } = draft ?? page
    const sheet = old.get(String(page.number)) ?? leaf(page.number)
    const picture = sheet.querySelector('img')
    if (sheet.dataset.image !== image) {
      sheet.dataset.image = image
      picture.src = `/api/images/${image}.png`
      sheet.querySelectorAll('.mark').forEach(mark => mark.remove())
    }
    sheet.classList.toggle('draft', draft !== undefined)
    sheet.style.setProperty('--shape', `${page.width_mm} / ${page.height_mm}`)
    sheet.style.setProperty('--wide', wide())
    const headline = card((draft ?? page).article)?.headline
    const place = t('Page {number} of {total}', { number: page.number, total: made.pages.length })
    picture.alt = [draft && t('Draft'), headline ? `${place}: ${headline}` : place].filter(Boolean).join(' · ')
    return sheet
  })
  const note = made.state === 'failed' ? failed(made) : null
  const wanted = [note, ...now].filter(Boolean)
  if (wanted.length !== sheets.children.length || wanted.some((each, at) => each !== sheets.children[at])) sheets.replaceChildren(...wanted)
  sheets.setAttribute('aria-busy', String(made.state === 'working'))
  marked()
}

/** What stands in the place of a page, by its number, until the issue is laid out: the article as it is now, by itself. */
function drafted({ pages: there, galleys }) {
  const drafts = new Map()
  for (const { article, pages: set } of galleys) {
    const first = card(article)?.first_page ?? there.find(page => page.article === article)?.number
    if (first) set.forEach((page, at) => drafts.set(first + at, page))
  }
  return drafts
}

function failed(made) {
  return el('div', { class: 'note wrong', role: 'alert' }, icon('warn'), el('div', { class: 'stack' },
    el('p', {}, t('The pages could not be made; those here are the last good ones.')), el('p', { class: 'small' }, sentence(told(made.message ?? ''))),
    button(t('Try again'), { onclick: () => tried(() => api.renderAgain()) })))
}

function leaf(page) {
  return el('button', { type: 'button', class: 'sheet plain', data: { number: page }, title: t('Go to the line that stands here'), onclick: async event => {
    const sheet = event.currentTarget
    const box = sheet.getBoundingClientRect()
    // By a key a page is left for where its article begins.
    const place = event.detail && !sheet.matches('.draft') ? [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] : null
    const found = place && await tried(() => api.lineAt(page, ...place))
    const article = (drafted(state.render).get(page) ?? state.render.pages.find(each => each.number === page))?.article
    const to = found ? `${found.page}/${found.line}` : card(article)?.page
    if (to) {
      turned(false)
      location.hash = `#/read/${to}`
    }
  } }, el('img', { loading: 'lazy', alt: '' }), el('span', { class: 'folio', 'aria-hidden': 'true' }))
}

/** Show where a line stands on its page: `box` in parts of the page; nothing when there is no place. */
export function pointed(place) {
  sheets.querySelectorAll('.mark').forEach(mark => mark.remove())
  const sheet = place && sheets.querySelector(`.sheet[data-number="${place.number}"]`)
  if (!sheet) return
  const mark = boxed(el('div', { class: 'mark' }), place.box)
  sheet.append(mark)
  const room = sheets.getBoundingClientRect()
  const at = mark.getBoundingClientRect()
  if (at.top < room.top + 40 || at.bottom > room.bottom - 40) sheets.scrollBy({ top: at.top - room.top - room.height / 3 })
}

function boxed(element, [left, top, right, bottom]) {
  const share = value => `${(value * 100).toFixed(2)}%`
  Object.assign(element.style, { left: share(left), top: share(top), width: share(right - left), height: share(bottom - top) })
  return element
}

/** Keep the findings of a check in sight on the pages that they are of. */
export function spotted(findings) {
  spots = findings
  marked()
}

function marked() {
  for (const sheet of sheets.querySelectorAll('.sheet[data-number]')) {
    const count = spots.filter(each => String(each.page) === sheet.dataset.number).length
    const draft = sheet.matches('.draft') && t('Draft: neighbours and page numbers follow')
    sheet.querySelector('.folio').textContent = [sheet.dataset.number, draft, count && n('one finding', '{count} findings', count)].filter(Boolean).join(' · ')
  }
}

/** Bring a page into sight. */
export function shown(page) {
  turned(true)
  sheets.querySelector(`.sheet[data-number="${page}"]`)?.scrollIntoView({ block: 'start' })
}

const reader = el('div', { class: 'reader' })

async function book(pane) {
  if (pane.children[1] !== reader) pane.replaceChild(reader, pane.children[1])
  if (!reader.children.length) show(reader, el('p', { class: 'soft' }, t('The e-book is being made.')))
  const made = await tried(() => api.book())
  if (!made?.documents.length) return show(reader, el('p', { class: 'soft' }, t('There is no e-book yet.')))
  seen.document = Math.min(seen.document, made.documents.length - 1)
  const [width, height] = FACES[seen.face]
  const { src } = made.documents[seen.document]
  const chosen = el('select', { id: 'document', 'aria-label': t('Part of the e-book'), onchange: event => { seen.document = Number(event.target.value); book(pane) } },
    made.documents.map((each, at) => el('option', { value: at, selected: at === seen.document }, each.title)))
  const frame = el('iframe', { sandbox: '', title: t('The e-book: {part}', { part: made.documents[seen.document].title }), width, height,
    src: `${src}?zoom=${seen.letters}${seen.night ? '&night=1' : ''}` })
  return show(reader, el('div', { class: 'stack' }, chosen, frame,
    made.problems.map(each => el('p', { class: 'small bad' }, trouble(each)))))
}
