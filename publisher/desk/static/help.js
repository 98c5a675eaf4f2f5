// The keys, in one table that the help, the reading view and the documentation's table agree on.

import { el } from './dom.js'
import { dialog } from './shell.js'
import { t } from './words.js'

/** The key of each role that a person can give. */
export const ROLE_KEYS = {
  h: 'headline', k: 'kicker', s: 'standfirst', b: 'byline', d: 'published',
  p: 'paragraph', u: 'subheading', l: 'list item', q: 'pull quote',
  c: 'caption', r: 'credit', a: 'figure alt',
  g: 'section label', o: 'related headline', t: 'teaser headline', m: 'teaser summary', x: 'furniture',
}

export const KEYS = [
  ['Everywhere', [
    ['F6', 'From the head to the work to the pages, and around'],
    ['F1', 'Keys and help'],
    ['Ctrl+Z', 'Undo'],
    ['Ctrl+Shift+Z', 'Redo'],
    ['Esc', 'Close what is open'],
  ]],
  ['Lines of a page', [
    ['↑ ↓', 'The line before, the next'],
    ['Shift+↑ ↓', 'Take more lines in'],
    ['Home End', 'The first line, the last'],
    ['n', 'The next line to look at'],
    ['N', 'The one before'],
    ['y', 'It is right as it was read; then the next to look at'],
    ['Enter', 'Other words for the line; Enter ends, Esc gives it up'],
    ['w', 'Why it was read so'],
    ['0', 'As the rules have it'],
    ['i', 'All such lines of this outlet'],
  ]],
  ['Order of the issue, on a handle', [
    ['Space', 'Take the article up, or put it down'],
    ['↑ ↓', 'Move it'],
    ['Esc', 'Put it back'],
  ]],
]

/** Show the keys. Letters act while a line has the focus, and nowhere else. */
export function helped() {
  const table = (title, rows) => el('section', {}, el('h3', {}, t(title)),
    el('dl', {}, rows.map(([keys, words]) => [el('dt', {}, keys.split(' ').map(each => [el('kbd', {}, each), ' '])), el('dd', {}, t(words))])))
  dialog(t('Keys and help'), [
    el('p', {}, t('Bring pages in, look at the lines that were guessed, put the articles in order, choose a look, export. Everything is kept as files in the folder, at once.')),
    el('div', { class: 'keys' },
      KEYS.map(([title, rows]) => table(title, rows)),
      table('A line is…', Object.entries(ROLE_KEYS))),
  ], [], { wide: true })
}
