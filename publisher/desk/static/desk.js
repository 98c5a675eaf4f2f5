// The desk in the browser: it learns what is there, and shows the view that the address names.

import { api } from './api.js'
import { el, show } from './dom.js'
import { digest } from './digest.js'
import { exporting } from './export.js'
import { folder } from './folder.js'
import { helped } from './help.js'
import { issue } from './issue.js'
import { look } from './look.js'
import { pages } from './pages.js'
import { pictures } from './pictures.js'
import { reading } from './reading.js'
import { frame, lit, turned, viewed } from './shell.js'
import { learn, listen, reason, state, step } from './state.js'
import { themes } from './themes.js'
import { speak, t } from './words.js'

const VIEWS = [
  { name: 'folder', drawing: 'pages', words: 'Articles', view: folder },
  { name: 'pictures', drawing: 'picture', words: 'Pictures', view: pictures },
  { name: 'issue', drawing: 'issue', words: 'Issue', view: issue },
  { name: 'look', drawing: 'look', words: 'Look', view: look },
  { name: 'export', drawing: 'export', words: 'Export', view: exporting },
  { name: 'digest', drawing: 'digest', words: 'Digest', view: digest, alone: true },
  { name: 'themes', drawing: 'theme', words: 'Theme', view: themes, alone: true },
]
const READ = { name: 'read', words: 'Read', view: reading, within: 'folder' }

let closing = new AbortController()
let parts = null

/** Show the view of the address; what is after its name, as which page, is the view's to understand. */
function route() {
  const [name, ...rest] = location.hash.replace(/^#\//, '').split('/')
  const view = [...VIEWS, READ].find(each => each.name === name) ?? VIEWS[0]
  closing.abort()
  closing = new AbortController()
  document.querySelectorAll('dialog[open]').forEach(box => box.close())
  viewed(view.within ?? view.name, t(view.words), { alone: view.alone })
  parts.work.scrollTop = 0
  show(parts.work)
  view.view(parts.work, closing.signal, ...rest.map(decodeURIComponent))
}

function framed() {
  closing.abort()
  parts = frame({ views: VIEWS, folder: state.desk.folder, undo: () => step('undo'), redo: () => step('redo'), help: helped, spoken: framed })
  pages(parts.pages)
  learn({ history: state.desk.history })
  route()
}

function key(event) {
  const typing = event.target.closest?.('input:not([type="checkbox"]):not([type="radio"]), textarea, select')
  const command = event.ctrlKey || event.metaKey
  if (event.key === 'F1') helped()
  else if (event.key === 'F6' && !document.querySelector('dialog[open]')) {
    // From the head to the work to the pages, and around.
    const panes = [parts.views.querySelector('a[aria-current]') ?? parts.views.firstChild, parts.work, parts.pages]
    const at = panes.findIndex(pane => pane.contains(document.activeElement))
    const next = panes[(at + (event.shiftKey ? 2 : 1)) % 3]
    turned(next === parts.pages)
    next.focus()
  } else if (command && !typing && event.key.toLowerCase() === 'z') step(event.shiftKey ? 'redo' : 'undo')
  else if (command && !typing && event.key.toLowerCase() === 'y') step('redo')
  else return
  event.preventDefault()
}

async function open() {
  lit()
  await speak()
  try {
    state.desk = await api.desk()
  } catch (error) {
    document.body.replaceChildren(el('main', { class: 'empty' }, el('h1', {}, t('The desk cannot be shown')), el('p', {}, reason(error))))
    return
  }
  state.render = state.desk.render
  framed()
  listen()
  addEventListener('hashchange', route)
  addEventListener('keydown', key)
}

open()
