// For who makes a theme: its pages before the last save and after, and its mistakes at their file and line.

import { api } from './api.js'
import { el, icon, show } from './dom.js'
import { hear, state, tried } from './state.js'
import { number, sentence, t, told } from './words.js'

/** Show the theme's pages, those before beside those after. */
export async function themes(place, signal) {
  const inner = el('div', { class: 'inner' })
  show(place, el('div', { class: 'bar' }, el('h1', { class: 'grow' }, t('Theme: {name}', state.desk.theme)), el('span', { class: 'soft small' }, t('Save a file of the theme and the pages follow.'))), inner)
  let before = null
  let after = state.render
  const put = () => {
    if (!after?.pages.length && after?.state !== 'failed') return show(inner, el('div', { class: 'empty' }, icon('theme'), el('h2', {}, t('No pages to compare yet')), el('p', {}, t('Choose a theme of your own under Look, with articles in the folder; each save of its files makes the pages anew.'))))
    return show(inner,
      after.state === 'failed' && el('p', { class: 'note wrong', role: 'alert' }, icon('warn'), sentence(told(after.message ?? ''))),
      after.state === 'done' && after.seconds !== undefined && el('p', { class: 'small soft' }, t('Made in {seconds} s', { seconds: number(after.seconds, 2) })),
      before ? after.pages.map((page, at) => {
        const old = before.pages[at]
        return el('section', { class: 'stack', 'aria-label': t('Page {number}', page) },
          el('h2', {}, t('Page {number}', page), ' ', old && el('span', { class: old.image === page.image ? 'chip' : 'chip look' }, old.image === page.image ? t('as before') : t('changed'))),
          el('div', { class: 'before' }, leaf(old, t('Before')), leaf(page, t('After'))))
      }) : el('div', { class: 'before' }, after.pages.map(page => leaf(page, t('Page {number}', page)))))
  }
  put()
  if (state.render?.id > 1) {
    before = await tried(() => api.render(state.render.id - 1)) ?? null
    if (signal.aborted) return
    put()
  }
  hear('render', made => {
    if (made.state === 'done' && after?.state === 'done' && after.id !== made.id) before = after
    if (made.state !== 'working') after = made
    put()
  }, signal)
}

function leaf(page, words) {
  return el('figure', { class: 'stack' }, el('figcaption', { class: 'small soft' }, words),
    page ? el('img', { class: 'sheet', src: `/api/images/${page.image}.png`, alt: [...new Set([words, t('Page {number}', page)])].join(': '), loading: 'lazy', style: { '--shape': `${page.width_mm} / ${page.height_mm}` } })
      : el('p', { class: 'note' }, t('There was no such page.')))
}
