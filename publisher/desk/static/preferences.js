// What this browser remembers of a person. Cookies, because the desk has another port, and so another store, each time.

/** What is remembered under a name, or `undefined`. */
export function recall(name) {
  return document.cookie.split('; ').find(each => each.startsWith(`${name}=`))?.slice(name.length + 1)
}

/** Remember a word for a year; an empty one forgets. */
export function remember(name, word) {
  document.cookie = `${name}=${word}; Path=/; SameSite=Strict; Max-Age=${word ? 31536000 : 0}`
}
