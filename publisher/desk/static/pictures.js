// The pictures of each article: what they show, in words; whether they are good enough for print; where they belong.

import { api } from './api.js'
import { button, el, field, icon, show, tick } from './dom.js'
import { change, hear, printed, state, tried } from './state.js'
import { n, number, t, told } from './words.js'

const SHAPES = ['16:9', '3:2', '4:3', '1:1', '3:4', '2:3']
const STEP = 0.02 // of the picture, for each press of an arrow key

/** Show the pictures of an article, or of all that are printed and have some. */
export function pictures(place, signal, article) {
  const inner = el('div', { class: 'inner' })
  const bar = el('div', { class: 'bar' })
  show(place, bar, inner)
  const articles = () => state.desk.cards.filter(each => each.state === 'read' && (article ? each.id === article : printed().includes(each) && each.pictures.total > 0))
  const tools = () => {
    const sum = key => articles().reduce((whole, each) => whole + each.pictures[key], 0)
    const [one] = article ? articles() : []
    show(bar,
      article
        ? el('div', { class: 'first' }, el('a', { class: 'row', href: `#/read/${one?.page ?? ''}` }, icon('back'), t('Lines')), el('h1', { class: 'grow', title: one?.headline }, one?.headline ?? ''))
        : el('h1', { class: 'grow' }, sum('total') ? n('One picture', '{count} pictures', sum('total')) : t('Pictures')),
      sum('without_alt') > 0 ? el('span', { class: 'chip look' }, icon('ask'), n('one picture without a description', '{count} pictures without a description', sum('without_alt'))) : sum('total') > 0 && el('span', { class: 'chip fine' }, icon('yes'), t('all are described')),
      sum('missing') > 0 && el('span', { class: 'chip wrong' }, icon('warn'), n('one picture missing', '{count} pictures missing', sum('missing'))),
      sum('coarse') > 0 && el('span', { class: 'chip wrong' }, icon('warn'), n('one too coarse for print', '{count} too coarse for print', sum('coarse'))),
      article && el('a', { href: '#/pictures', class: 'small' }, t('Pictures of all articles')))
  }
  const shown = new Map()
  const put = async each => {
    const told = await tried(() => api.pictures(each.id))
    if (!told || signal.aborted) return
    if (!shown.has(each.id)) shown.set(each.id, inner.appendChild(el('section', { class: 'stack' })))
    show(shown.get(each.id), el('h2', {}, article ? t('In the article') : el('a', { href: `#/pictures/${each.id}` }, each.headline)),
      told.pictures.length ? el('ul', { class: 'tray' }, told.pictures.map(picture => shot(each, picture))) : el('p', { class: 'soft' }, t('This article shows no picture.')),
      told.loose.length > 0 && article ? [el('h2', {}, t('In the folder, and in no article')),
        el('p', { class: 'help' }, t('Choose where each belongs, or drag it onto a place of the article.')),
        el('div', { class: 'placing' }, el('div', { class: 'tray' }, told.loose.map(each => loose(article, each, () => put(card())))), places(article, () => put(card())))] : null)
    const card = () => state.desk.cards.find(other => other.id === each.id)
  }
  tools()
  const all = async () => {
    const wanted = articles()
    if (!wanted.length) return show(inner, el('div', { class: 'empty' }, icon('picture'), el('h2', {}, t('No picture yet')), el('p', {}, t('Bring photographs in beside the pages; those that share a page’s name find their captions, others are put there by hand.'))))
    // One after another: what is first in sight comes first.
    const waiting = inner.appendChild(el('div', { class: 'bone shots' }))
    for (const each of wanted) {
      if (signal.aborted) return undefined
      await put(each)
      inner.append(waiting)
    }
    waiting.remove()
    return undefined
  }
  all()
  hear('card', changed => { tools(); changed.filter(each => shown.has(each.id) && !busy(shown.get(each.id))).forEach(put) }, signal)
}

// While somebody writes in it, nothing is made anew under their hands.
const busy = section => section.contains(document.activeElement) && document.activeElement.matches('textarea')

function shot(card, picture) {
  const { id } = picture
  const set = body => change(revision => api.changePicture(card.id, id, { revision, ...body }))
  return el('li', { class: 'shot', 'aria-label': picture.src },
    picture.missing ? el('div', { class: 'frame' }, el('p', { class: 'note wrong small' }, icon('warn'), told(picture.missing))) : framed(picture, set),
    el('div', { class: 'about' },
      el('p', { class: 'small' }, picture.caption || el('span', { class: 'soft' }, t('without a caption'))),
      el('div', { class: 'row small' },
        !picture.missing && el('span', { class: picture.coarse ? 'chip wrong' : 'chip' }, picture.coarse && icon('warn'),
          picture.coarse ? t('{dpi} dots an inch at {width} mm: too few for print', { dpi: picture.dpi, width: picture.shown_mm }) : t('{wide} × {high} pixels, {dpi} dots an inch', { wide: number(picture.width_px), high: number(picture.height_px), dpi: picture.dpi }))),
      !picture.missing && field(t('Cut to'), el('select', { id: `shape-${card.id}-${id}`, onchange: event => set({ shape: event.target.value || null }) },
        [['', t('as it is')], ...SHAPES.map(each => [each, each])].map(([value, words]) => el('option', { value, selected: value === (picture.shape ?? '') }, words)))),
      described(card, picture, set),
      tick(t('Leave this picture out'), { id: `out-${card.id}-${id}`, checked: picture.left_out, onchange: event => set({ left_out: event.target.checked }) })))
}

function described(card, picture, set) {
  const area = el('textarea', { id: `alt-${card.id}-${picture.id}`, value: picture.alt ?? '', rows: 2, onchange: () => set({ alt: area.value.trim() }) })
  return field(picture.alt_by ? t('Description for those who do not see it') : t('Description for those who do not see it: asked for'), area,
    picture.alt_by === 'page' ? t('These words came with the page.') : t('Say what the picture shows, in a sentence.'))
}

/** A picture with the part of it that is printed, where it is cut: a click or the arrow keys move that part. */
function framed(picture, set) {
  const image = el('img', { src: picture.image, alt: picture.alt ?? '', loading: 'lazy' })
  if (!picture.crop) return el('div', { class: 'frame' }, image)
  const part = el('button', { type: 'button', class: 'part', id: `part-${picture.id}`, 'aria-label': t('What is printed of the picture; arrow keys move it') })
  const frame = el('div', { class: 'frame crop' }, image, part)
  const [left, top, right, bottom] = picture.crop
  let at = [(left + right) / 2, (top + bottom) / 2]
  // The picture is as large as its frame lets it be: the part stands on the picture, not on the frame.
  const spread = () => {
    const { clientWidth, clientHeight } = frame
    const scale = Math.min(clientWidth / picture.width_px, clientHeight / picture.height_px)
    const [width, height] = [picture.width_px * scale, picture.height_px * scale]
    return { left: (clientWidth - width) / 2, top: (clientHeight - height) / 2, width, height }
  }
  // The middle of the part, no nearer to an edge than the part lets it be.
  const within = (value, half) => Math.max(half, Math.min(1 - half, value))
  const put = () => {
    const room = spread()
    const [width, height] = [right - left, bottom - top]
    at = [within(at[0], width / 2), within(at[1], height / 2)]
    Object.assign(part.style, {
      left: `${room.left + (at[0] - width / 2) * room.width}px`, top: `${room.top + (at[1] - height / 2) * room.height}px`,
      width: `${width * room.width}px`, height: `${height * room.height}px`,
    })
  }
  const moved = (x, y) => {
    at = [x, y]
    put()
    set({ focus: at.map(each => Math.round(each * 1000) / 1000) })
  }
  new ResizeObserver(put).observe(frame)
  frame.addEventListener('click', event => {
    if (!event.detail) return // A key on the part is no place.
    const [box, room] = [frame.getBoundingClientRect(), spread()]
    moved((event.clientX - box.left - room.left) / room.width, (event.clientY - box.top - room.top) / room.height)
  })
  part.addEventListener('keydown', event => {
    const step = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key]
    if (!step) return
    event.preventDefault()
    moved(at[0] + step[0], at[1] + step[1])
  })
  return frame
}

function loose(article, { file, image }, placed) {
  const chosen = el('select', { id: `place-${file}`, 'aria-label': t('Where {file} belongs', { file }) })
  const go = button(t('Put it there'), { drawing: 'down', disabled: true, onclick: async () => { if (await put(article, file, Number(chosen.value))) placed() } })
  anchors(article).then(found => {
    chosen.replaceChildren(...found.map(({ n: line, role, text }) => el('option', { value: line }, `${t(role)}: ${text.slice(0, 60)}`)))
    go.disabled = !found.length
  })
  return el('div', { class: 'shot', draggable: 'true', ondragstart: event => event.dataTransfer.setData('text/x-picture', file) },
    el('div', { class: 'frame' }, el('img', { src: image, alt: '', loading: 'lazy' })),
    el('div', { class: 'about' }, el('p', { class: 'small' }, file), chosen, go))
}

/** The captions and paragraphs of an article, to drop a picture on. */
function places(article, placed) {
  const list = el('ol', { class: 'shot about', 'aria-label': t('Places of the article') })
  anchors(article).then(found => list.replaceChildren(...found.map(({ n: line, role, text }) => {
    const item = el('li', { class: `line r-${role.replace(/ /g, '-')}` }, el('span', { class: 'words small' }, text.slice(0, 90)), el('span', { class: 'role' }, el('b', {}, t(role))))
    item.addEventListener('dragover', event => { if (event.dataTransfer.types.includes('text/x-picture')) { event.preventDefault(); item.classList.add('over') } })
    item.addEventListener('dragleave', () => item.classList.remove('over'))
    item.addEventListener('drop', async event => {
      event.preventDefault()
      event.stopPropagation()
      if (await put(article, event.dataTransfer.getData('text/x-picture'), line)) placed()
    })
    return item
  })))
  return list
}

const put = (article, file, line) => change(revision => api.placePicture(article, { revision, file, line }))

async function anchors(article) {
  const { page } = state.desk.cards.find(each => each.id === article)
  const told = await tried(() => api.page(page))
  return told?.lines.filter(line => ['caption', 'paragraph', 'figure alt'].includes(line.role) && line.article === article)
    .sort((a, b) => (b.role === 'caption') - (a.role === 'caption') || a.n - b.n) ?? []
}
