// What the desk is asked, and what it answers: the only module that knows a request.

/** An answer that is not what was asked for: its code, the desk's own line, and what a conflict is about. */
export class Refusal extends Error {
  constructor({ code, message, field, now, changed = [] }) {
    super(message)
    Object.assign(this, { code, field, now, changed })
  }
}

const OUTLIVES = 16_000 // letters: what a change may have that goes on its way when its page is left; browsers take 64 KiB

/** Ask the desk. `body` goes as JSON, `raw` as it is. Refusal with the code `gone` when nobody answers. */
export async function ask(path, { method = 'GET', body, raw, signal } = {}) {
  let answer
  const words = body && JSON.stringify(body)
  try {
    answer = await fetch(`/api/${path}`, { method, signal, cache: 'no-store', keepalive: method === 'PATCH' && words.length < OUTLIVES,
      ...(words ? { body: words, headers: { 'Content-Type': 'application/json' } } : raw ? { body: raw } : {}) })
  } catch (error) {
    if (error.name === 'AbortError') throw error
    throw new Refusal({ code: 'gone', message: '' })
  }
  let told = {}
  try {
    told = await answer.json()
  } catch { /* A refusal that comes from in front of the desk's routes has no JSON. */ }
  if (!answer.ok) throw new Refusal(told.error ?? { code: String(answer.status), message: answer.statusText })
  return told
}

const part = encodeURIComponent
// Nothing is printed there: no mistake, and nobody's fault.
const orNothing = answer => answer.catch(error => { if (error.code === 'not-found') return null; throw error })
const post = (path, body = {}) => ask(path, { method: 'POST', body })
const patch = (path, body) => ask(path, { method: 'PATCH', body })

export const api = {
  desk: () => ask('desk'),
  changeDesk: body => patch('desk', body),
  order: body => post('order', body),
  undo: () => post('undo'),
  redo: () => post('redo'),

  file: (name, raw) => ask(`bring/file?name=${part(name)}`, { method: 'POST', raw }),
  paste: body => post('bring/paste', body),
  address: url => post('bring/address', { url }),
  examples: () => post('bring/examples'),
  feed: url => post('bring/feed', { url }),
  removePage: (page, revision) => ask(`pages/${page}`, { method: 'DELETE', body: { revision } }),

  page: page => ask(`pages/${page}`),
  why: (page, line) => ask(`pages/${page}/lines/${line}/why`),
  changeLines: (page, body) => patch(`pages/${page}/lines`, body),
  outlet: (page, body) => post(`pages/${page}/outlet`, body),

  article: article => ask(`articles/${article}`),
  changeArticle: (article, body) => patch(`articles/${article}`, body),
  pictures: article => ask(`articles/${article}/pictures`),
  changePicture: (article, picture, body) => patch(`articles/${article}/pictures/${picture}`, body),
  placePicture: (article, body) => post(`articles/${article}/pictures`, body),
  stories: () => ask('stories'),

  themes: () => ask('themes'),
  theme: name => ask(`themes/${part(name)}`),
  render: id => ask(id ? `render?id=${id}` : 'render'),
  renderAgain: () => post('render'),
  place: (page, line, signal) => orNothing(ask(`pages/${page}/lines/${line}/place`, { signal })),
  lineAt: (number, x, y) => orNothing(ask(`render/at?number=${number}&x=${x.toFixed(4)}&y=${y.toFixed(4)}`)),
  book: () => ask('book'),

  check: () => post('check'),
  outputs: () => ask('export'),
  export: () => post('export'),
  shelve: replace => post('shelf', { replace }),
  digests: () => ask('digests'),
  plan: (digest, week) => post(`digests/${digest}/plan`, { week }),
  overrule: (digest, body) => post(`digests/${digest}/overrule`, body),
  publish: (digest, week) => post(`digests/${digest}/publish`, { week }),
}
