// What is known of the desk, and how it changes: one change at a time, each made on the revision that is shown.

import { api, Refusal } from './api.js'
import { el, button, settled } from './dom.js'
import { dialog, history, notice, saved, status } from './shell.js'
import { n, sentence, t, told } from './words.js'

/** What the desk last said; `pages` has the revision of each page that was opened. */
export const state = { desk: null, render: null, pages: new Map(), open: false }

/** Tells `desk`, `card` (with the cards), `page`, `render`, `reading`, `job`. */
export const news = new EventTarget()
const tell = (name, detail) => news.dispatchEvent(new CustomEvent(name, { detail }))

/** Listen to news for as long as a view is open. */
export function hear(name, heard, signal) {
  news.addEventListener(name, event => heard(event.detail), { signal })
}

/** The card of an article, or `undefined`. */
export const card = article => state.desk.cards.find(each => each.id === article)

/** The articles that are printed, in their order. */
export const printed = () => state.desk.cards.filter(each => each.state !== 'failed' && !each.left_out && !each.same_as)

/** What the person is to read of a refusal, in the language of the interface where it has words. */
export function reason(error) {
  if (!(error instanceof Refusal)) throw error
  const words = {
    gone: t('The desk does not answer. Start it again with “publisher desk” and open the address that it prints; what you did is in the folder.'),
    forbidden: t('This window is no longer let in. Open the address that “publisher desk” prints.'),
    unreachable: t('The address cannot be reached.'),
    'too-large': t('The file is too large.'),
    unread: t('No reader takes this file.'),
    engine: t('The page engine failed.'),
    '404': t('The desk does not know this yet.'),
  }[error.code]
  const line = sentence(told(error.message))
  return told(error.message) !== error.message ? line : [words, line].filter(Boolean).join(' ')
}

/** Do what may be refused, and say so when it is: `undefined` then. */
export async function tried(work) {
  try {
    return await work()
  } catch (error) {
    notice(reason(error), { stays: true })
    return undefined
  }
}

/** Take what the desk said of itself, in whole or of some cards. */
export function learn(answer) {
  const { desk } = state
  if (answer.folder) {
    state.desk = { ...desk, ...answer }
    if (answer.render) state.render = answer.render
    tell('desk')
  } else {
    for (const key of ['revision', 'history']) if (answer[key] !== undefined && !answer.lines) desk[key] = answer[key]
    if (answer.history) desk.history = answer.history
    if (answer.cards?.length) merge(answer.cards)
  }
  history(stepped(state.desk.history?.undo), stepped(state.desk.history?.redo))
}

// What a change is called: the desk's words, in the language of the interface.
const stepped = step => step && t(step.words, step)

function merge(cards) {
  const known = new Map(cards.map(each => [each.id, each]))
  if (cards.length > 1 && state.desk.cards.every(each => known.has(each.id))) {
    state.desk.cards = cards // All of them, in the order that is printed now.
    tell('card', cards)
    return
  }
  state.desk.cards = state.desk.cards.map(each => known.get(each.id) ?? each)
  const there = new Set(state.desk.cards.map(each => each.id))
  // An article that was not known comes with a page read for the first time: it stands where the waiting page stood.
  for (const each of cards) {
    if (there.has(each.id)) continue
    const at = state.desk.cards.findIndex(other => other.page === each.page && other.state === 'waiting')
    if (at < 0) state.desk.cards.push(each)
    else state.desk.cards.splice(at, 1, each)
  }
  tell('card', cards)
}

let turn = Promise.resolve()

/** Do it after what was begun before it: whoever asks for the whole desk learns no state from before the last change. */
function inTurn(work) {
  const made = turn.then(work)
  turn = made.catch(() => {})
  return made
}

/**
 * Make a change after those before it. `asked` gets the revision; when it is not the one there is, the person chooses. The
 * answer; `undefined` when it was refused, `null` when somebody else's change was kept.
 */
export const change = (asked, { page } = {}) => inTurn(() => attempt(asked, page))

async function attempt(asked, page) {
  saved(t('Saving…'))
  try {
    const answer = await asked(page ? state.pages.get(page) : state.desk.revision)
    if (page && answer.revision) state.pages.set(page, answer.revision)
    learn(page ? { ...answer, revision: undefined } : answer)
    saved(t('Saved in the folder'))
    return answer
  } catch (error) {
    if (error.code !== 'conflict') {
      saved(t('Not saved'), { bad: true })
      notice(reason(error), { stays: true })
      return undefined
    }
    return conflict(error, asked, page)
  }
}

/** Somebody else changed the same file: say what, and let the person choose. */
function conflict(error, asked, page) {
  return new Promise(resolve => {
    let mine = false
    const take = async () => {
      if (page) state.pages.set(page, error.now?.revision)
      else if (error.now) learn(error.now)
      const answer = mine ? await attempt(asked, page) : null
      if (!mine && page) tell('page', { page, revision: error.now?.revision })
      if (!mine) saved(t('Theirs was kept'))
      resolve(answer)
    }
    const box = dialog(t('Somebody else changed this'), [
      el('p', {}, t('Another window, a colleague or an editor changed the same file since you saw it. Nothing is overwritten yet.')),
      el('ul', {}, error.changed.map(each => el('li', {}, stepped(each)))),
    ], [button(t('Keep theirs'), { onclick: () => box.close() }), button(t('Make my change as well'), { class: 'main', onclick: () => { mine = true; box.close() } })])
    box.addEventListener('close', take)
    box.querySelector('h2').focus() // Who was typing when it opened presses no button of it.
  })
}

/** Take the last change back, or do it again; the views hear of it. */
export async function step(kind) {
  const answer = await whole(api[kind])
  if (!answer) return
  tell('page', {})
  const done = stepped(answer.did)
  status(kind === 'undo' ? t('Taken back: {what}', { what: done }) : t('Done again: {what}', { what: done }))
}

/** Ask for what is answered with all that the desk is, and learn it: the answer, `undefined` when it was refused. */
export const whole = asked => inTurn(async () => {
  const answer = await tried(asked)
  if (answer) learn(answer)
  return answer
})

/** Ask the desk for all that it is, anew. */
export const refresh = () => whole(api.desk)

/** Learn what is known of cards only when all are read, or laid out: doubles, the lead, the page that each begins on. */
const recount = () => inTurn(async () => {
  const answer = await tried(api.desk)
  if (answer?.revision !== state.desk.revision || answer.pages !== state.desk.pages) return
  const other = answer.cards.filter(each => JSON.stringify(each) !== JSON.stringify(card(each.id)))
  if (other.length) learn({ cards: other })
})

const jobs = new Map()

/**
 * Start what takes a while: its result, or `undefined` when it failed, which is said. `heard` gets each stage;
 * `failed` the code of a failure, and gives whether it says so itself.
 */
export async function job(start, heard = () => {}, failed = () => false) {
  const begun = await tried(start)
  if (!begun) return undefined
  return new Promise(resolve => {
    jobs.set(begun.job, { resolve, heard, failed })
    for (const early of unheard.get(begun.job) ?? []) progressed(early)
    unheard.delete(begun.job)
  })
}

// A quick job may end before the answer that names it is here.
const unheard = new Map()

function progressed(event) {
  const waiting = jobs.get(event.job)
  if (!waiting) {
    unheard.set(event.job, [...(unheard.get(event.job) ?? []), event])
    return
  }
  if (event.stage !== 'done' && event.stage !== 'failed') {
    status(stage(event), event.total ? event.done / event.total : null)
    waiting.heard(event)
    return
  }
  jobs.delete(event.job)
  status(event.stage === 'done' ? t('Done') : t('Failed'))
  if (event.stage === 'failed' && !waiting.failed(event.code)) notice(sentence(told(event.message)), { stays: true })
  waiting.resolve(event.stage === 'done' ? event.result : undefined)
}

const stage = ({ stage: name, done, total }) => {
  const words = { read: t('Reading'), theme: t('Setting'), 'lay out': t('Laying out'), write: t('Writing'), check: t('Checking') }[name] ?? name
  return total ? t('{stage}: {done} of {total}', { stage: words, done, total }) : words
}

/** Listen to the desk; it counts as somebody who is there. */
export function listen() {
  const stream = new EventSource('/api/events')
  const heard = (name, work) => stream.addEventListener(name, event => work(JSON.parse(event.data)))
  let waits = 0
  let away = null
  heard('hello', ({ revision, render, read }) => {
    clearTimeout(waits)
    away?.remove()
    if (!state.open) status(t('Ready'))
    state.open = true
    // What happened between the page's first question and this was heard by nobody.
    if (revision !== state.desk.revision || read !== state.desk.reading.done || (render ?? null) !== (state.render?.id ?? null)) refresh()
  })
  const come = settled(pages => pages !== state.desk.pages && refresh(), 300) // Of many pages that come one by one the last is enough.
  heard('desk', ({ revision, pages }) => {
    if (revision !== state.desk.revision) turn.then(() => revision !== state.desk.revision && refresh())
    if (pages !== state.desk.pages) come(pages)
  })
  heard('page', detail => turn.then(() => { if (state.pages.get(detail.page) !== detail.revision) tell('page', detail) }))
  // A card on its way when its page was taken back comes too late; a page that came by itself is told by 'desk'.
  heard('card', each => state.desk.cards.some(other => other.page === each.page) && learn({ cards: [each] }))
  heard('reading', each => {
    state.desk.reading = each
    if (each.done < each.total) status(t('Reading: {done} of {total}', each), each.done / each.total)
    else {
      status(n('One page is read', '{count} pages are read', each.total))
      recount()
    }
    tell('reading', each)
  })
  heard('render', each => {
    state.render = each
    tell('render', each)
    if (each.state === 'done') recount()
  })
  heard('engine', () => status(t('The page engine is ready again')))
  heard('job', progressed)
  heard('bye', () => {
    stream.close()
    state.open = false
    notice(t('The desk has ended. What you did is in the folder; start “publisher desk” to go on.'), { stays: true })
  })
  stream.addEventListener('error', () => {
    if (!state.open) return
    status(t('The desk does not answer; asking again…'), null)
    waits = setTimeout(() => { away = notice(reason(new Refusal({ code: 'gone', message: '' })), { stays: true }) }, 4000)
    state.open = false
  })
}
