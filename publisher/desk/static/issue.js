// The issue: its order and sections, what leads, what is a double, and how many pages it may take.

import { api } from './api.js'
import { button, el, field, icon, show, tick } from './dom.js'
import { dialog, status } from './shell.js'
import { card, change, hear, printed, refresh, state, tried } from './state.js'
import { n, number, t } from './words.js'

/** Show the issue. */
export function issue(place, signal) {
  const inner = el('div', { class: 'inner' })
  const bar = el('div', { class: 'bar' })
  const top = el('section', { class: 'panel', 'aria-labelledby': 'head-title' })
  const twice = el('section', { class: 'stack', hidden: true, 'aria-labelledby': 'twice-title' })
  const order = el('section', { class: 'stack', 'aria-labelledby': 'order-title' })
  show(place, bar, inner)
  show(inner, twice, order, top)
  const put = () => {
    show(bar, el('h1', { class: 'grow' }, state.desk.issue.title || t('The issue')), budget())
    // A field that is being written in is left alone.
    if (!top.contains(document.activeElement)) show(top, named())
    // A row that is taken away under the pointer is dropped nowhere.
    if (!order.querySelector('.dragged')) show(order, ordered(put))
  }
  put()
  stories(twice)
  hear('desk', () => { put(); stories(twice) }, signal)
  hear('card', put, signal)
  hear('render', () => show(bar, el('h1', { class: 'grow' }, state.desk.issue.title || t('The issue')), budget()), signal)
}

function budget() {
  const { budget: pages } = state.render ?? {}
  if (!pages?.allowed) return pages ? el('span', { class: 'chip' }, n('one page', '{count} pages', Math.ceil(pages.used))) : null
  const past = pages.used > pages.allowed
  return el('div', { class: 'budget', role: 'img', 'aria-label': t('{used} of {allowed} pages', { used: number(pages.used, 1), allowed: pages.allowed }) },
    el('span', { class: past ? 'bad' : '' }, past && [icon('warn'), ' '], t('{used} of {allowed} pages', { used: number(pages.used, 1), allowed: pages.allowed })),
    el('div', { class: past ? 'gauge past' : 'gauge' }, el('div', { style: { width: `${Math.min(100, pages.used / pages.allowed * 100)}%` } })))
}

const set = changes => change(revision => api.changeDesk({ revision, issue: changes }))

function named() {
  const { issue: plan } = state.desk
  const written = (name, words, attributes = {}, help) => field(t(words), el('input', { id: `issue-${name}`, value: plan[name] ?? '', ...attributes,
    onchange: event => set({ [name]: event.target.value || null }) }), help)
  const choice = (name, words, choices) => field(t(words), el('select', { id: `issue-${name}`, onchange: event => set({ [name]: event.target.value || null }) },
    choices.map(([value, each]) => el('option', { value, selected: (plan[name] ?? '') === value }, t(each)))))
  return [
    el('h2', { id: 'head-title' }, t('What is printed at its head')),
    el('div', { class: 'form' },
      el('div', { class: 'whole' }, written('title', 'Title')),
      written('number', 'Number'), written('date', 'Date', { type: 'date' }), written('series', 'Series'),
      choice('language', 'Language', [['', 'Of most articles'], ['vi', 'Vietnamese'], ['en', 'English'], ['de', 'German'], ['fr', 'French'], ['es', 'Spanish']]),
      choice('order', 'Order', [['given', 'As put here'], ['newest', 'Newest first'], ['oldest', 'Oldest first']]),
      choice('sections_by', 'Other sections by', [['', 'None'], ['folder', 'Folder'], ['kicker', 'Kicker']]),
      field(t('Pages at most'), el('input', { type: 'number', id: 'issue-pages', min: 1, max: 999, value: plan.pages ?? '', onchange: event => set({ pages: event.target.value ? Number(event.target.value) : null }) }), t('Empty for as many as it takes.')),
      field(t('Sections, a line each'), el('textarea', { id: 'issue-sections', rows: 3, value: plan.sections.join('\n'), onchange: event => set({ sections: event.target.value.split('\n').map(each => each.trim()).filter(Boolean) }) })),
      el('div', { class: 'stack whole' }, tick(t('Leave out by itself what goes past the pages'), { id: 'issue-fit', checked: plan.fit, disabled: !plan.pages, onchange: event => set({ fit: event.target.checked }) })))]
}

// --- the order ---------------------------------------------------------------------------------------------------------

let held = null // the article that was taken up by key, and the order before

function ordered(put) {
  const articles = printed()
  const out = state.desk.cards.filter(each => each.left_out && each.state === 'read')
  if (!state.desk.cards.length) return [el('div', { class: 'empty' }, icon('issue'), el('h2', { id: 'order-title' }, t('An issue needs articles')), el('p', {}, el('a', { href: '#/folder' }, t('Bring pages in'))))]
  let section = null
  const rows = articles.map((each, at) => {
    const title = each.section !== section && each.section ? el('li', { class: 'section' }, each.section) : null
    section = each.section
    return [title, item(each, at, articles, put)]
  })
  return [
    el('h2', { id: 'order-title' }, t('Order')),
    el('p', { class: 'help', id: 'order-help' }, t('Drag an article by its handle; or press Space on the handle, the arrow keys, and Space again.')),
    el('ol', { class: 'order' }, rows),
    out.length > 0 && el('details', {}, el('summary', {}, n('One article is left out', '{count} articles are left out', out.length)),
      el('ul', { class: 'order' }, out.map(each => el('li', { class: 'item' }, el('span', {}), el('span', { class: 'title soft' }, each.headline),
        button(t('Take in'), { id: `in-${each.id}`, drawing: 'return', class: 'bare', onclick: () => change(revision => api.changeArticle(each.id, { revision, left_out: false })) })))))]
}

function item(each, at, articles, put) {
  const move = order => reorder(order)
  const grip = button(t('Move {headline}', { headline: each.headline }), { id: `grip-${each.id}`, class: 'grip', drawing: 'grip', quiet: true, 'aria-describedby': 'order-help', 'aria-pressed': String(held?.id === each.id),
    onkeydown: event => keyed(event, each, put), onblur: () => setTimeout(() => released(each, put)) })
  const row = el('li', { class: 'item', data: held?.id === each.id ? { held: '' } : {} },
    grip,
    el('div', { class: 'grow' },
      el('p', { class: 'title' }, el('a', { href: `#/read/${each.page}` }, each.headline)),
      el('div', { class: 'row small soft' },
        at === 0 && el('span', { class: 'chip fine' }, icon('lead'), t('lead')),
        state.desk.issue.sections.length > 0 && el('select', { id: `section-${each.id}`, 'aria-label': t('Section of {headline}', { headline: each.headline }),
          onchange: event => change(revision => api.changeArticle(each.id, { revision, section: event.target.value || null })) },
        el('option', { value: '', selected: !each.section }, t('no section')),
        [...new Set([...state.desk.issue.sections, each.section].filter(Boolean))].map(name => el('option', { value: name, selected: each.section === name }, name))),
        el('span', {}, [each.outlet, n('one word', '{count} words', each.words), each.first_page && t('page {number}', { number: each.first_page })].filter(Boolean).join(' · ')),
        each.cut && el('span', { class: 'chip look' }, icon('cut'), t('cut')),
        each.teasers.total > 0 && el('span', { class: 'chip' }, t('{kept} of {total} teasers', each.teasers)))),
    el('div', { class: 'row' },
      at > 0 && button(t('Make {headline} the lead', { headline: each.headline }), { id: `lead-${each.id}`, drawing: 'lead', quiet: true, onclick: () => move([each.id, ...articles.filter(other => other !== each).map(other => other.id)]) }),
      button(t('Teasers and length of {headline}', { headline: each.headline }), { id: `cut-${each.id}`, drawing: 'cut', quiet: true, onclick: () => shortened(each) }),
      button(t('Leave {headline} out', { headline: each.headline }), { id: `out-${each.id}`, drawing: 'close', quiet: true, onclick: () => change(revision => api.changeArticle(each.id, { revision, left_out: true })) })))
  dragged(row, each, articles)
  return row
}

function dragged(row, each, articles) {
  row.draggable = true
  row.addEventListener('dragstart', event => { event.dataTransfer.setData('text/x-article', each.id); row.classList.add('dragged') })
  row.addEventListener('dragend', () => row.classList.remove('dragged'))
  row.addEventListener('dragover', event => { if (event.dataTransfer.types.includes('text/x-article')) { event.preventDefault(); row.classList.add('over') } })
  row.addEventListener('dragleave', () => row.classList.remove('over'))
  row.addEventListener('drop', event => {
    event.preventDefault()
    row.classList.remove('over')
    const moved = event.dataTransfer.getData('text/x-article')
    const rest = articles.map(other => other.id).filter(id => id !== moved)
    rest.splice(rest.indexOf(each.id) < 0 ? rest.length : rest.indexOf(each.id) + below(event, row), 0, moved)
    reorder(rest)
  })
}

// Dropped on the lower half of an article, another goes after it.
const below = (event, row) => {
  const { top, height } = row.getBoundingClientRect()
  return event.clientY > top + height / 2 ? 1 : 0
}

// Whoever goes elsewhere lets go; a list that is shown anew has given the focus back to the handle by then.
function released(each, put) {
  if (held?.id !== each.id || document.activeElement?.id === `grip-${each.id}`) return
  held = null
  put()
}

function keyed(event, each, put) {
  const ids = printed().map(other => other.id)
  const at = ids.indexOf(each.id)
  const again = () => { put(); document.getElementById(`grip-${each.id}`)?.focus() }
  if (event.key === ' ') {
    held = held ? null : { id: each.id, before: ids }
    status(held ? t('Taken up: {headline}. Place {place} of {total}.', { headline: each.headline, place: at + 1, total: ids.length }) : t('Put down at place {place} of {total}.', { place: at + 1, total: ids.length }))
    again()
  } else if (held && event.key === 'Escape') {
    const { before } = held
    held = null
    reorder(before).then(again)
  } else if (held && ['ArrowUp', 'ArrowDown'].includes(event.key)) {
    const to = at + (event.key === 'ArrowUp' ? -1 : 1)
    if (to >= 0 && to < ids.length) {
      ids.splice(at, 1)
      ids.splice(to, 0, each.id)
      reorder(ids).then(() => { again(); status(t('Place {place} of {total}', { place: to + 1, total: ids.length })) })
    }
  } else return
  event.preventDefault()
}

async function reorder(order) {
  // It is shown at once; the desk's own order follows.
  const place = new Map(order.map((id, at) => [id, at]))
  state.desk.cards.sort((a, b) => (place.get(a.id) ?? order.length) - (place.get(b.id) ?? order.length))
  const answer = await change(revision => api.order({ revision, order }))
  await refresh()
  return answer
}

// --- teasers, and where an article is cut ------------------------------------------------------------------------------

async function shortened(each) {
  const told = await tried(() => api.article(each.id))
  if (!told) return
  const out = new Set(told.teasers.filter(teaser => !teaser.kept).map(teaser => teaser.headline))
  let cut = told.blocks.find(block => block.cut_here)?.at ?? null
  const blocks = el('div', { class: 'cut', role: 'radiogroup', 'aria-label': t('The article ends after') })
  const put = () => show(blocks,
    el('label', {}, el('input', { type: 'radio', name: 'cut', id: 'cut-none', checked: cut === null, onchange: () => { cut = null; put() } }), el('strong', {}, t('The whole article'))),
    told.blocks.map(block => el('label', {}, el('input', { type: 'radio', name: 'cut', id: `cut-${block.at}`, checked: cut === block.at, onchange: () => { cut = block.at; put() } }),
      el('span', { class: cut !== null && block.at > cut ? 'gone small' : 'small' }, block.text || t(block.kind)))))
  put()
  const box = dialog(each.headline, [
    told.teasers.length > 0 && el('fieldset', { class: 'stack' }, el('legend', {}, t('Teasers that go into the appendix')),
      told.teasers.map((teaser, at) => tick([teaser.section, teaser.headline].filter(Boolean).join(': '), { id: `teaser-${at}`, checked: teaser.kept,
        onchange: event => out[event.target.checked ? 'delete' : 'add'](teaser.headline) }))),
    el('h3', {}, t('Cut here: the article ends after')), blocks,
  ], [button(t('Cancel'), { onclick: () => box.close() }), button(t('Keep'), { class: 'main', id: 'cut-keep', onclick: () => {
    box.close()
    change(revision => api.changeArticle(each.id, { revision, teasers_out: [...out], cut_after: cut }))
  } })], { wide: true })
}

// --- doubles, and one story of several outlets -------------------------------------------------------------------------

async function stories(place) {
  const told = await tried(() => api.stories())
  const groups = told?.stories.filter(each => each.articles.filter(id => card(id) && !card(id).left_out).length > 1) ?? []
  place.hidden = !groups.length
  if (groups.length) {
    show(place, el('h2', { id: 'twice-title' }, n('One story came more than once', '{count} stories came more than once', groups.length)),
      groups.map(each => el('div', { class: 'note look' }, icon('copy'), el('div', { class: 'grow' },
        el('p', {}, el('strong', {}, card(each.leads ?? each.articles[0])?.headline)),
        el('p', { class: 'small' }, each.kind === 'double' ? t('The same article, {count} times', { count: each.articles.length }) : t('One story of {count} outlets', { count: each.articles.length }), each.why ? ` (${t(each.why)})` : '')),
      button(t('Side by side'), { id: `beside-${each.articles[0]}`, drawing: 'two', onclick: () => beside(each) }))))
  }
}

async function beside(story) {
  const told = (await Promise.all(story.articles.map(id => tried(() => api.article(id))))).filter(Boolean)
  const box = dialog(t('Side by side'), el('div', { class: 'pair' }, told.map(each => el('div', {},
    el('h3', {}, each.headline), el('p', { class: 'small soft' }, [each.outlet, n('one word', '{count} words', each.words)].filter(Boolean).join(' · ')),
    el('div', { class: 'text small', tabindex: '0', role: 'group', 'aria-label': each.headline }, each.blocks.map(block => el('p', {}, block.text))),
    el('div', { class: 'row' },
      button(t('Keep this one'), { class: 'main', onclick: async () => {
        box.close()
        for (const other of told) await change(revision => api.changeArticle(other.id, { revision, left_out: other.id !== each.id }))
        await refresh()
      } }))))), [button(t('Keep all'), { onclick: () => box.close() })], { wide: true })
}
