// Elements of the page. What strangers wrote reaches it as text nodes alone: nothing here, or elsewhere, parses markup.

const PROPERTIES = new Set(['value', 'checked', 'disabled', 'selected', 'indeterminate', 'open', 'hidden', 'inert'])
const SVG = 'http://www.w3.org/2000/svg'

/** An element with attributes, listeners (`onclick`), `data`, and children: nodes or words; empty ones are left out. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null) continue
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else if (key === 'data') Object.assign(element.dataset, value)
    else if (key === 'style') for (const [property, each] of Object.entries(value)) element.style.setProperty(property, each)
    else if (PROPERTIES.has(key)) element[key] = value
    else if (typeof value === 'boolean' && !key.startsWith('aria-')) element.toggleAttribute(key, value)
    else element.setAttribute(key, value)
  }
  element.append(...children.flat(Infinity).filter(child => child || child === 0))
  return element
}

/** A drawing of `icons.svg`; an ornament, so its button has words of its own. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, 'svg')
  drawing.setAttribute('class', 'icon')
  drawing.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS(SVG, 'use')
  use.setAttribute('href', `/static/icons.svg#${name}`)
  drawing.append(use)
  return drawing
}

/** A button with a drawing and words; `quiet` ones show the drawing alone and say the words. */
export function button(words, { drawing, quiet, ...attributes } = {}) {
  const kind = [attributes.class ?? 'plain', quiet ? 'quiet' : ''].join(' ').trim()
  return el('button', { type: 'button', ...attributes, class: kind, ...(quiet ? { title: words, 'aria-label': words } : {}) },
    drawing && icon(drawing), quiet ? null : el('span', {}, words))
}

/** Put children in the place of those there; the focus, the caret and the scroll stay with the element of the same id. */
export function show(place, ...children) {
  const held = place.contains(document.activeElement) ? document.activeElement : null
  const caret = held && 'selectionStart' in held ? [held.selectionStart, held.selectionEnd] : null
  const { scrollTop } = place
  place.replaceChildren(...children.flat(Infinity).filter(child => child || child === 0))
  place.scrollTop = scrollTop
  const again = held?.id ? document.getElementById(held.id) : null
  if (!again) return
  again.focus({ preventScroll: true })
  if (caret?.[0] !== null && caret && again.value !== undefined && again.type !== 'checkbox') {
    try { again.setSelectionRange(...caret) } catch { /* Fields for numbers and colours have no caret to set. */ }
  }
}

/** A field with its label over it, and a sentence of help that belongs to it. */
export function field(words, control, help) {
  if (help) control.setAttribute('aria-describedby', `${control.id}-help`)
  return el('div', { class: 'field' }, el('label', { for: control.id }, words), control,
    help && el('p', { class: 'help', id: `${control.id}-help` }, help))
}

/** A tick with its words. */
export function tick(words, attributes) {
  return el('label', { class: 'tick' }, el('input', { type: 'checkbox', ...attributes }), el('span', {}, words))
}

/** The function, called once things have been quiet for so many milliseconds; `now` calls it at once if it waits. */
export function settled(work, pause) {
  let timer = 0
  let waiting = null
  const now = () => {
    clearTimeout(timer)
    const given = waiting
    waiting = null
    return given ? work(...given) : undefined
  }
  return Object.assign((...given) => { waiting = given; clearTimeout(timer); timer = setTimeout(now, pause) }, { now })
}
