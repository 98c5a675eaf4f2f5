// A page's lines beside the pages made of it: what each was taken for, what it says, and a hand to mend both.

import { api } from './api.js'
import { button, el, icon, show, settled } from './dom.js'
import { difference } from './difference.js'
import { ROLE_KEYS } from './help.js'
import { pointed } from './pages.js'
import { dialog, notice, status } from './shell.js'
import { change, hear, state, tried } from './state.js'
import { n, t } from './words.js'

const CHUNK = 200 // lines: as many as fill some screens; the rest are made when they come near
const UNPRINTED = new Set(['blank', 'furniture', 'section label', 'related headline', 'teaser headline', 'teaser summary'])
let differences = true
let hidden = false

/** Show a page, from a line on if one is named. */
export async function reading(place, signal, page, line) {
  show(place, el('div', { class: 'inner', 'aria-busy': 'true' }, el('p', { class: 'unseen' }, t('The page is being read.')),
    Array.from({ length: 12 }, () => el('div', { class: 'bone' }))))
  const told = await tried(() => api.page(page))
  if (signal.aborted) return
  if (!told) return show(place, el('div', { class: 'empty' }, icon('warn'), el('h2', {}, t('This page cannot be shown')), el('p', {}, el('a', { href: '#/folder' }, t('Back to the articles')))))
  state.pages.set(page, told.revision)
  new Lines(place, signal, page, told).open(Number(line) || 0)
}

class Lines {
  constructor(place, signal, page, told) {
    Object.assign(this, { place, signal, page, lines: told.lines, guesses: told.to_look_at, articles: told.articles })
    this.at = 0 // the line that keys are for, counted from 0
    this.from = 0 // where the range that is chosen begins
    this.made = 0 // lines that have a row
    this.bar = el('div', { class: 'bar' })
    this.grid = el('div', { class: 'lines', role: 'grid', 'aria-multiselectable': 'true', 'aria-label': t('Lines of the page'), 'aria-rowcount': this.lines.length,
      onkeydown: event => this.key(event), onclick: event => this.clicked(event), onfocusin: event => this.focused(event) })
    this.dock = el('div', { class: 'dock', role: 'toolbar', 'aria-label': t('What the chosen lines are') })
    this.why = el('div', { class: 'why', popover: 'auto', role: 'dialog', 'aria-label': t('Why it was read so') })
    this.seek = settled(() => this.point(), 180)
    this.asking = new AbortController()
  }

  open(line) {
    show(this.place, this.bar, this.grid, this.dock, this.why)
    this.more()
    this.watch = new IntersectionObserver(entries => entries.some(each => each.isIntersecting) && this.more(), { root: null, rootMargin: '1500px' })
    this.end = el('div', { role: 'presentation' })
    this.grid.after(this.end)
    this.watch.observe(this.end)
    this.signal.addEventListener('abort', () => { this.watch.disconnect(); this.asking.abort(); pointed(null) })
    hear('card', () => this.tools(), this.signal)
    hear('page', ({ page }) => (!page || page === this.page) && this.reload(), this.signal)
    this.tools()
    this.go(line ? line - 1 : this.guesses.length ? this.guesses[0] - 1 : 0, { focus: Boolean(line) || this.guesses.length > 0 })
  }

  /** Ask for all lines anew: another window, an undo or an outlet's profile changed them. */
  async reload() {
    const told = await tried(() => api.page(this.page))
    if (!told || this.signal.aborted) return
    state.pages.set(this.page, told.revision)
    const same = told.lines.length === this.lines.length && told.lines.every((line, at) => line.text === this.lines[at].text)
    Object.assign(this, { lines: told.lines, guesses: told.to_look_at })
    if (same) {
      // The rows stay, with what is chosen and what somebody is writing in one of them.
      this.anew()
      this.docked()
      this.seek()
      return
    }
    const writing = this.grid.querySelector('.edit')
    const held = this.grid.contains(document.activeElement)
    const { scrollTop } = this.place
    this.made = 0
    this.grid.replaceChildren()
    while (this.made < Math.min(this.at + CHUNK, this.lines.length)) this.more()
    this.place.scrollTop = scrollTop
    this.tools()
    this.go(Math.min(this.at, this.lines.length - 1), { focus: held && !writing })
    if (!writing) return
    // The page is another one below: what is typed on is for no line, and no key for a role.
    this.place.focus()
    notice(t('Somebody else changed this'), { stays: true })
  }

  // --- rows ------------------------------------------------------------------------------------------------------------

  more() {
    if (this.made >= this.lines.length) return
    const chunk = el('div', { class: 'chunk', role: 'rowgroup' })
    const end = Math.min(this.made + CHUNK, this.lines.length)
    for (; this.made < end; this.made++) chunk.append(this.row(this.made))
    this.grid.append(chunk)
  }

  row(at) {
    const line = this.lines[at]
    const row = el('div', { role: 'row', tabindex: at === this.at ? '0' : '-1', 'aria-rowindex': at + 1, data: { at } })
    this.fill(row, line)
    return row
  }

  fill(row, line) {
    const changed = line.becomes !== null && line.becomes !== undefined
    row.className = `line r-${line.role.replace(/ /g, '-')}${line.guess ? ' guess' : ''}`
    row.hidden = hidden && ['furniture', 'blank'].includes(line.role) && !line.guess
    row.replaceChildren(
      el('div', { role: 'gridcell', class: 'words' }, !changed ? line.text
        : differences ? difference(line.text, line.becomes)
          : line.becomes || el('span', { class: 'soft' }, t('(left out)'))),
      el('div', { role: 'gridcell', class: 'role' },
        line.guess && [icon('ask'), el('span', { class: 'unseen' }, t('a guess:'))],
        changed && [icon('edit'), el('span', { class: 'unseen' }, t('words changed,'))],
        el('b', {}, t(line.role)),
        line.was && [icon('yes'), el('span', { class: 'unseen' }, t('corrected; the rules said {role}', { role: t(line.was.role ?? line.was) }))]))
  }

  rowOf(at) {
    while (this.made <= at && this.made < this.lines.length) this.more()
    return this.grid.querySelector(`[data-at="${at}"]`)
  }

  again(lines) {
    for (const line of lines) {
      this.lines[line.n - 1] = line
      const row = this.grid.querySelector(`[data-at="${line.n - 1}"]`)
      if (row && !row.querySelector('.edit')) this.fill(row, line)
    }
  }

  // --- going about -----------------------------------------------------------------------------------------------------

  go(at, { range = false, focus = true } = {}) {
    if (!this.lines.length) return
    const next = Math.max(0, Math.min(at, this.lines.length - 1))
    const old = this.grid.querySelector('[tabindex="0"]')
    if (old) old.tabIndex = -1
    this.at = next
    if (!range) this.from = next
    const row = this.rowOf(next)
    row.tabIndex = 0
    for (const each of this.grid.querySelectorAll('[aria-selected]')) each.removeAttribute('aria-selected')
    for (const each of this.chosen()) this.grid.querySelector(`[data-at="${each}"]`)?.setAttribute('aria-selected', 'true')
    if (focus) {
      row.focus({ preventScroll: true })
      row.scrollIntoView({ block: 'nearest' })
    }
    this.docked()
    this.seek()
  }

  chosen() {
    const [low, high] = [Math.min(this.from, this.at), Math.max(this.from, this.at)]
    return Array.from({ length: high - low + 1 }, (_, step) => low + step).filter(at => !this.hides(at))
  }

  hides(at) {
    const line = this.lines[at]
    return hidden && ['furniture', 'blank'].includes(line.role) && !line.guess
  }

  beside(step) {
    let at = this.at + step
    while (at >= 0 && at < this.lines.length && (this.hides(at) || this.lines[at].role === 'blank')) at += step
    return at < 0 || at >= this.lines.length ? this.at : at
  }

  guess(step) {
    const numbers = this.guesses
    if (!numbers.length) return status(t('Nothing is left to look at on this page'))
    const after = numbers.filter(number => step > 0 ? number - 1 > this.at : number - 1 < this.at)
    return this.go((step > 0 ? after[0] ?? numbers[0] : after.at(-1) ?? numbers.at(-1)) - 1)
  }

  focused(event) {
    const row = event.target.closest('.line')
    if (row && event.target === row && Number(row.dataset.at) !== this.at) this.go(Number(row.dataset.at))
  }

  clicked(event) {
    const row = event.target.closest('.line')
    if (!row || event.target.closest('.edit')) return
    // Words are marked to be copied; a double click and one with Shift mark some as well, and are meant otherwise.
    if (event.detail === 2 || event.shiftKey) getSelection().removeAllRanges()
    else if (String(getSelection())) return
    this.go(Number(row.dataset.at), { range: event.shiftKey })
    if (event.detail === 2) this.edit()
  }

  key(event) {
    if (event.target.closest('.edit') || event.ctrlKey || event.metaKey || event.altKey) return
    const { key, shiftKey } = event
    const role = ROLE_KEYS[key]
    if (key === 'ArrowDown') this.go(this.beside(1), { range: shiftKey })
    else if (key === 'ArrowUp') this.go(this.beside(-1), { range: shiftKey })
    else if (key === 'Home') this.go(0, { range: shiftKey })
    else if (key === 'End') this.go(this.lines.length - 1, { range: shiftKey })
    else if (key === 'PageDown') this.go(this.at + 12, { range: shiftKey })
    else if (key === 'PageUp') this.go(this.at - 12, { range: shiftKey })
    else if (key === 'n') this.guess(1)
    else if (key === 'N') this.guess(-1)
    else if (key === 'y') this.right()
    else if (key === 'Enter') this.edit()
    else if (key === 'w') this.ask()
    else if (key === '0') this.set(null)
    else if (key === 'i') this.outlet()
    else if (role) this.set(role)
    else return
    event.preventDefault()
  }

  async point() {
    this.asking.abort()
    this.asking = new AbortController()
    const line = this.lines[this.at]
    if (!line || UNPRINTED.has(line.role) || !state.render?.pages.length) return pointed(null)
    try {
      pointed(await api.place(this.page, line.n, this.asking.signal))
    } catch (error) {
      if (error.name !== 'AbortError') pointed(null) // Aborted: another line was gone to meanwhile.
    }
    return undefined
  }

  // --- what is shown around the lines ------------------------------------------------------------------------------------

  tools() {
    const cards = state.desk.cards.filter(each => each.page === this.page)
    const [first] = cards
    const count = this.guesses.length
    show(this.bar,
      el('div', { class: 'first' }, el('a', { href: '#/folder', class: 'row', id: 'to-folder' }, icon('back'), t('Articles')),
        el('h1', { class: 'grow', title: first?.file }, cards.length > 1 ? first.file : first?.headline ?? ''),
        el('a', { href: `#/pictures/${this.articles[0]}`, class: 'row', id: 'to-pictures' }, icon('picture'), first?.pictures?.total ? n('one picture', '{count} pictures', first.pictures.total) : t('Pictures'))),
      button(count ? n('one to look at', '{count} to look at', count) : t('nothing to look at'),
        { id: 'next-guess', drawing: 'ask', disabled: !count, 'aria-keyshortcuts': 'n', onclick: () => this.guess(1) }),
      button(t('Differences'), { id: 'differences', 'aria-pressed': String(differences), onclick: () => { differences = !differences; this.anew() } }),
      button(t('Hide what is left over'), { id: 'leftovers', 'aria-pressed': String(hidden), onclick: () => { hidden = !hidden; this.anew() } }))
  }

  anew() {
    for (const row of this.grid.querySelectorAll('.line')) if (!row.querySelector('.edit')) this.fill(row, this.lines[Number(row.dataset.at)])
    this.tools()
  }

  docked() {
    const count = this.chosen().length
    const line = this.lines[this.at]
    const is = role => count === 1 && line.role === role
    show(this.dock,
      el('div', { class: 'row' },
        el('strong', { class: 'small grow' }, count > 1 ? n('One line', '{count} lines', count) : t('Line {number} is:', { number: line.n })),
        button(t('Right'), { id: 'do-right', drawing: 'yes', class: 'bare', 'aria-keyshortcuts': 'y', disabled: count === 1 && !line.guess, onclick: () => this.right() }),
        button(t('Other words'), { id: 'do-edit', drawing: 'edit', class: 'bare', 'aria-keyshortcuts': 'Enter', disabled: line.role === 'blank', onclick: () => this.edit() }),
        button(t('Why?'), { id: 'do-why', drawing: 'help', class: 'bare', 'aria-keyshortcuts': 'w', onclick: () => this.ask() }),
        button(t('As the rules have it'), { id: 'do-rules', drawing: 'return', class: 'bare', 'aria-keyshortcuts': '0', onclick: () => this.set(null) })),
      el('div', { class: 'roles' }, Object.entries(ROLE_KEYS).map(([key, role]) =>
        el('button', { type: 'button', id: `as-${role.replace(/ /g, '-')}`, class: `r-${role.replace(/ /g, '-')}`, 'aria-pressed': String(is(role)), 'aria-keyshortcuts': key, onclick: () => this.set(role) },
          el('span', {}, t(role)), el('kbd', { 'aria-hidden': 'true' }, key)))))
  }

  // --- mending -----------------------------------------------------------------------------------------------------------

  async send(wanted, typing = false) {
    const changes = wanted.map(each => ({ ...each, text: this.lines[each.n - 1]?.text }))
    const answer = await change(revision => api.changeLines(this.page, { revision, changes, typing }), { page: this.page })
    if (!answer || this.signal.aborted) return answer === null ? null : false
    this.again(answer.lines)
    this.guesses = answer.to_look_at
    this.tools()
    this.docked()
    this.seek()
    return true
  }

  async set(role) {
    const changes = this.chosen().filter(at => this.lines[at].role !== 'blank').map(at => ({ n: this.lines[at].n, role }))
    if (!changes.length) return
    const single = changes.length === 1 && this.lines[this.at].guess && role
    if (!(await this.send(changes))) return
    status(role ? n('The line is now: {role}', '{count} lines are now: {role}', changes.length, { role: t(role) }) : t('As the rules have it'))
    // One after another: who has answered a question is shown the next.
    if (single && this.grid.contains(document.activeElement)) this.guess(1)
  }

  async right() {
    const changes = this.chosen().map(at => this.lines[at]).filter(line => line.guess && line.role in GIVEN).map(line => ({ n: line.n, role: line.role }))
    if (changes.length && (await this.send(changes))) this.guess(1)
  }

  edit(unsent) {
    const { at } = this
    const line = this.lines[at]
    const row = this.rowOf(at)
    if (line.role === 'blank' || row.querySelector('.edit')) return
    const before = line.becomes ?? null
    const typing = new Typing(words => this.send([{ n: line.n, becomes: words === line.text ? null : words }], true))
    const area = el('textarea', { 'aria-label': t('Words of the line'), value: unsent ?? line.becomes ?? line.text,
      oninput: () => typing.say(area.value.replace(/\s*\n\s*/g, ' ')),
      onkeydown: event => {
        if (event.key === 'Enter' && !event.shiftKey) close()
        else if (event.key === 'Escape') { typing.say(before ?? line.text); close() }
        else return
        event.preventDefault()
        event.stopPropagation()
      } })
    const close = async () => {
      row.querySelector('.edit')?.remove()
      this.fill(row, this.lines[at])
      row.focus({ preventScroll: true })
      await typing.done()
      this.fill(row, this.lines[at])
      // Words that reached nobody stay where they were written.
      if (typing.unsent !== undefined && typing.unsent !== (before ?? line.text) && this.at === at) this.edit(typing.unsent)
    }
    row.replaceChildren(el('div', { role: 'gridcell', class: 'edit' }, area,
      line.becomes !== null && el('p', { class: 'small soft' }, t('On the page: {text}', { text: line.text })),
      el('div', { class: 'row' }, button(t('Done'), { class: 'main', onclick: close }),
        button(t('As the page has it'), { onclick: () => { area.value = line.text; typing.say(line.text); close() } }),
        button(t('Leave the words out'), { class: 'bare', onclick: () => { area.value = ''; typing.say(''); close() } }))))
    area.focus()
    area.select()
  }

  async ask() {
    const line = this.lines[this.at]
    const told = await tried(() => api.why(this.page, line.n))
    if (!told) return
    show(this.why,
      el('h2', {}, t(told.role)),
      el('p', {}, sentence(told)),
      el('dl', {},
        el('dt', {}, t('Sure')), el('dd', {}, `${Math.round(told.sure * 100)} %`, told.sure < 0.5 ? ` (${t('a guess')})` : ''),
        el('dt', {}, t('Rule')), el('dd', {}, el('code', {}, told.rule)),
        told.was && told.was.rule !== told.rule && [el('dt', {}, t('The rules said')), el('dd', {}, t(told.was.role), ': ', sentence(told.was))]),
      told.outlet?.groups.length && button(t('All such lines of this outlet'), { onclick: () => { this.why.hidePopover(); this.outlet(told) } }))
    const row = this.rowOf(this.at).getBoundingClientRect()
    this.why.showPopover()
    const { offsetHeight, offsetWidth } = this.why
    this.why.style.top = `${Math.max(8, row.bottom + offsetHeight > innerHeight ? row.top - offsetHeight : row.bottom)}px`
    this.why.style.left = `${Math.max(8, Math.min(row.left + 24, innerWidth - offsetWidth - 8))}px`
    this.why.tabIndex = -1
    this.why.focus()
    this.why.addEventListener('toggle', event => { if (event.newState === 'closed') this.rowOf(this.at).focus({ preventScroll: true }) }, { once: true })
  }

  async outlet(known) {
    const line = this.lines[this.at]
    const told = known ?? await tried(() => api.why(this.page, line.n))
    if (!told) return
    if (!told.outlet?.groups.length) return status(t('The page names no address, so nothing can be said of its outlet'))
    const { host, file, groups } = told.outlet
    const box = dialog(t('All such lines of {host}', { host }), [
      el('p', {}, t('What you say here is kept in {file} and holds for each page of the outlet, now and later.', { file })),
      el('fieldset', { class: 'stack' }, el('legend', {}, t('What “{text}” is', { text: groups[0].phrase })), groups.map((group, at) => el('label', { class: 'tick' },
        el('input', { type: 'radio', name: 'group', value: group.group, checked: at === 0 }), el('span', {}, el('strong', {}, t(group.role)), ': ', t(group.says))))),
    ], [button(t('Cancel'), { onclick: () => box.close() }), button(t('Keep'), { class: 'main', onclick: async () => {
      const { value } = box.querySelector('input:checked')
      box.close()
      const answer = await change(revision => api.outlet(this.page, { revision, n: line.n, group: value }), { page: this.page })
      if (!answer) return
      await this.reload()
      status(n('Kept in {file}; one page was read again', 'Kept in {file}; {count} pages were read again', answer.pages.length, answer))
    } })])
  }
}

const GIVEN = Object.fromEntries(Object.values(ROLE_KEYS).map(role => [role, true]))
const sentence = told => t(told.sentence)

/** Words on their way: one request at a time, and of those that wait only the newest. `unsent` are those that were refused. */
class Typing {
  constructor(send) {
    this.send = send
    this.waiting = undefined
    this.going = null
  }

  say(words) {
    this.waiting = words
    this.going ??= this.go()
  }

  async go() {
    while (this.waiting !== undefined) {
      const words = this.waiting
      this.waiting = undefined
      this.unsent = (await this.send(words)) === false ? words : undefined
    }
    this.going = null
  }

  async done() {
    await this.going
  }
}
