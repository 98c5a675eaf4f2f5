// Opens an e-book in foliate-js in a headless browser, and prints what a reader would see there as JSON.
//
//     [WIDTHS=320,480] node engine.mjs ACE ENGINE BROWSER BOOK [PICTURES]
//
// ACE and ENGINE are folders with node_modules: the browser's driver comes with the one, foliate-js with the other. Each
// document is laid out on each screen, in pages and as a scroll, with letters of each size and in each theme, and once
// more by the browser alone, as the simplest reading programs do. PICTURES is a folder for a picture of each. With WIDTHS,
// in CSS pixels, the screens are so wide, and the letters have one size.

import { createRequire } from 'node:module'
import { readFile, mkdir } from 'node:fs/promises'
import path from 'node:path'

const [ace, engine, browserPath, bookPath, pictures] = process.argv.slice(2)
const puppeteer = createRequire(path.resolve(ace, 'package.json'))('puppeteer')
const foliate = path.resolve(engine, 'node_modules', 'foliate-js')

const WIDTHS = process.env.WIDTHS?.split(',').map(Number)
const SCREENS = WIDTHS
  ? Object.fromEntries(WIDTHS.map(width => [`${width} px`, [width, Math.round(width * 4 / 3)]]))
  : { 'six inches': [600, 800], telephone: [360, 640] }
const LETTERS = WIDTHS ? [100] : [100, 400]
// What reading programs do for a theme: the colours of text and paper, and no more. Those of links are left to the book.
const THEMES = { light: ['#000', '#fff'], sepia: ['#5b4636', '#f4ecd8'], dark: ['#ddd', '#121212'] }
const ORIGIN = 'http://reader.invalid/'
const PAGE = '<!DOCTYPE html><meta charset="utf-8"><style>html, body, #room { margin: 0; height: 100%; overflow: hidden }'
  + '</style><div id="room"></div>'

// Everything comes from the disk; what else is asked for is refused and told.
const asked = new Set()
const answer = async request => {
  const url = new URL(request.url())
  if (['blob:', 'data:', 'about:'].includes(url.protocol)) return request.continue()
  const name = decodeURIComponent(url.pathname)
  try {
    if (url.origin !== new URL(ORIGIN).origin) throw new Error('elsewhere')
    if (name === '/') return await request.respond({ contentType: 'text/html', body: PAGE })
    const file = name === '/book.epub' ? bookPath : path.join(foliate, path.normalize(name))
    const contentType = name.endsWith('.js') ? 'text/javascript' : 'application/octet-stream'
    return await request.respond({ contentType, body: await readFile(file) })
  } catch {
    if (name !== '/favicon.ico') asked.add(request.url())
    return request.abort()
  }
}

// --- in the page -----------------------------------------------------------------------------------------------------

// Puts the functions that look at a document into the page.
const install = () => {
  const frame = () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  const parts = colour => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = rgb => {
    const [r, g, b] = rgb.map(each => each / 255).map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const over = (upper, lower) => {
    const alpha = upper[3] ?? 1
    return upper.slice(0, 3).map((each, place) => each * alpha + lower[place] * (1 - alpha))
  }
  const ground = (element, paper) => {
    if (!element) return parts(paper)
    const style = element.ownerDocument.defaultView.getComputedStyle(element)
    const colour = parts(style.backgroundColor)
    return (colour[3] ?? 1) === 1 ? colour : over(colour, ground(element.parentElement, paper))
  }
  const contrast = (element, paper) => {
    const behind = ground(element, paper)
    const colour = over(parts(element.ownerDocument.defaultView.getComputedStyle(element).color), behind)
    const [low, high] = [luminance(colour), luminance(behind)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  const texts = function* (doc) {
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) if (walker.currentNode.nodeValue.trim()) yield walker.currentNode
  }
  const rects = (doc, node) => {
    const range = doc.createRange()
    range.selectNodeContents(node)
    return [...range.getClientRects()].filter(rect => rect.width && rect.height)
  }
  const short = text => JSON.stringify(text.trim().replace(/\s+/g, ' ').slice(0, 40))

  // What does not fit: text and pictures beyond the edge of their page, pictures cut by its foot, figures and days in two lines.
  const overflow = (doc, { width, height, paged }) => {
    const found = []
    const beyond = rect => {
      const page = paged ? Math.floor((rect.left + 1) / width) : 0
      return Math.max(rect.right - (page + 1) * width, page * width - rect.left)
    }
    // What is moved inside a region of its own, by finger or key, need not fit: the region must.
    const moved = element => {
      for (let around = element; around && around !== doc.body; around = around.parentElement)
        if (doc.defaultView.getComputedStyle(around).overflowX === 'auto' && around.tabIndex === 0)
          return beyond(around.getBoundingClientRect()) <= 1
      return false
    }
    for (const node of texts(doc))
      for (const rect of rects(doc, node))
        if (beyond(rect) > 1 && !moved(node.parentElement)) { found.push(`${short(node.nodeValue)} ends ${Math.round(beyond(rect))} px beyond the page`); break }
    for (const picture of doc.body.querySelectorAll('img, svg, video, table, pre, hr')) {
      const rect = picture.getBoundingClientRect()
      const isPicture = picture.matches('img, svg, video')
      if (paged && !isPicture) continue // They go on over several pages.
      if (beyond(rect) > 1 && !moved(picture)) found.push(`<${picture.localName}> ends ${Math.round(beyond(rect))} px beyond the page`)
      if (paged && isPicture && rect.height > height + 1) found.push(`<${picture.localName}> is higher than the page`)
    }
    for (const cell of doc.querySelectorAll('td.figures'))
      for (const node of cell.childNodes)
        if (node.nodeType === Node.TEXT_NODE && rects(doc, node).length > 1) found.push(`${short(node.nodeValue)} is broken`)
    for (const day of doc.querySelectorAll('.byline time')) {
      const lines = rects(doc, day)
      const room = Math.min(day.parentElement.getBoundingClientRect().width, 0.9 * width) // One that goes on over pages is wider.
      if (lines.length > 1 && lines.reduce((sum, line) => sum + line.width + line.height / 2, 0) < room) found.push(`${short(day.textContent)} is broken`)
    }
    if (!paged && doc.documentElement.scrollWidth > doc.documentElement.clientWidth)
      found.push(`the document is ${doc.documentElement.scrollWidth} px wide in ${doc.documentElement.clientWidth} px`)
    return found
  }
  const pale = (doc, paper) => {
    const found = []
    for (const node of texts(doc)) {
      if (!rects(doc, node).length) continue
      const ratio = contrast(node.parentElement, paper)
      if (ratio < 4.5) found.push(`${short(node.nodeValue)} has a contrast of ${ratio.toFixed(1)}:1`)
    }
    return found
  }
  const words = doc => [...texts(doc)].map(node => node.nodeValue).join(' ').replace(/\s+/g, ' ').trim()
  const sheet = ([ink, paper], letters) => `
    html { font-size: ${letters}% !important; background: ${paper}; color: ${ink} }
    body { background: transparent; color: inherit }`
  Object.assign(window, { looking: { frame, overflow, pale, words, sheet } })
}

// The documents in foliate-js. To ask where things are lays them out; only a picture needs a frame to be painted.
const inEngine = async ({ themes, letters, flow, width, height }) => {
  const { frame, overflow, pale, words, sheet } = window.looking
  const view = document.createElement('foliate-view')
  view.style.cssText = `display: block; width: ${width}px; height: ${height}px`
  document.getElementById('room').replaceChildren(view)
  await view.open(window.file)
  const { renderer, book } = view
  renderer.setAttribute('flow', flow)
  renderer.setAttribute('margin', '24px')
  const found = []
  const text = {}
  for (const [index, section] of book.sections.entries()) {
    await view.goTo(index)
    for (const size of letters)
      for (const [theme, colours] of Object.entries(themes)) {
        renderer.setStyles(sheet(colours, size))
        if (window.picture) await frame()
        const [{ doc }] = renderer.getContents()
        const column = flow === 'paginated' ? renderer.size : doc.documentElement.clientWidth
        const room = { width: column, height: height - 48, paged: flow === 'paginated' }
        const say = fault => found.push({ document: section.id, theme, letters: size, fault })
        if (theme === 'light') overflow(doc, room).forEach(say)
        pale(doc, colours[1]).forEach(say)
        text[section.id] ??= words(doc)
        if (window.picture) await window.picture(`${index}-${flow}-${width}-${size}-${theme}`)
      }
  }
  const lines = entries => (entries ?? []).flatMap(({ label, href, subitems }) => [[label, href], ...lines(subitems)])
  const told = { title: book.metadata.title, language: book.metadata.language, contents: lines(book.toc), pages: lines(book.pageList) }
  await frame() // What it does with the next frame, it does before it is closed.
  view.close()
  return { found, text, told, documents: book.sections.length }
}

// The documents in a frame, with nothing but the reader's colours and size of letters.
const alone = async ({ themes, letters, width, height }) => {
  const { overflow, pale, sheet } = window.looking
  const found = []
  for (const section of window.book.sections) {
    const room = document.createElement('iframe')
    room.style.cssText = `border: 0; width: ${width}px; height: ${height}px`
    room.src = await section.load()
    const loaded = new Promise(resolve => room.addEventListener('load', resolve))
    document.getElementById('room').replaceChildren(room)
    await loaded
    const doc = room.contentDocument
    const style = doc.head.appendChild(doc.createElementNS('http://www.w3.org/1999/xhtml', 'style'))
    for (const size of letters)
      for (const [theme, colours] of Object.entries(themes)) {
        style.textContent = sheet(colours, size)
        const say = fault => found.push({ document: section.id, theme, letters: size, fault })
        if (theme === 'light') overflow(doc, { width, height, paged: false }).forEach(say)
        pale(doc, colours[1]).forEach(say)
      }
    section.unload?.()
  }
  return { found }
}

// --- the run ---------------------------------------------------------------------------------------------------------

const browser = await puppeteer.launch({ executablePath: browserPath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  const page = await browser.newPage()
  const complaints = []
  page.on('pageerror', error => complaints.push(String(error)))
  await page.setRequestInterception(true)
  page.on('request', answer)
  if (pictures) {
    await mkdir(pictures, { recursive: true })
    await page.exposeFunction('picture', name => page.screenshot({ path: path.join(pictures, `${name}.png`) }))
  }
  await page.goto(ORIGIN)
  await page.evaluate(install)
  await page.evaluate(async () => {
    const { makeBook } = await import('/view.js')
    window.file = new File([await (await fetch('/book.epub')).blob()], 'book.epub')
    window.book = await makeBook(window.file)
  })
  const seen = { faults: [], text: {}, told: null, documents: 0 }
  for (const [screen, [width, height]] of Object.entries(SCREENS)) {
    await page.setViewport({ width, height })
    for (const flow of ['paginated', 'scrolled', 'alone']) {
      const request = { themes: THEMES, letters: LETTERS, flow, width, height }
      const { found, ...rest } = await page.evaluate(flow === 'alone' ? alone : inEngine, request)
      Object.assign(seen, rest)
      seen.faults.push(...found.map(each => ({ screen, flow, ...each })))
    }
  }
  process.stdout.write(JSON.stringify({ ...seen, asked: [...asked], complaints }))
} finally {
  await browser.close()
}
