// @ts-nocheck The project's types know no browser.
/** The page: whose eyes one looks through, what is seen, and what is done. */
import { correct, drawBlocks, drawMrkdwn, el, fillsIn, missingIn, nameOf, refill } from './blocks.js'

const at = (selector) => document.querySelector(selector)
const [who, list, composer, dialog] = ['#me', '#messages', '#composer', 'dialog'].map(at)
const writing = composer.querySelector('textarea')
const time = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Copenhagen',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

let place = 'direct'
let seen
let live
/** What is drawn in the list, by its id. */
const drawn = new Map()
/** The newest message each person has looked at. */
const read = new Map()
/** Why Slack's own client did not do the last thing, if so. */
let refused

function lookWith(eyes) {
  live?.close()
  live = new EventSource(`/seen${eyes}`)
  live.onmessage = ({ data }) => {
    const before = seen?.me
    seen = JSON.parse(data)
    if (seen.me === before) draw()
    else go(seen.inChannel ? place : 'direct')
  }
}

function go(there) {
  place = there
  drawn.clear()
  list.replaceChildren()
  draw()
  writing.focus()
  // Slack tells the bot each time.
  if (place === 'direct') void act({ does: 'openChat' })
}

/** Does something as the person one is. */
async function act(deed) {
  const body = JSON.stringify(deed.does === 'wait' ? deed : { as: seen.me, ...deed })
  const answer = await fetch('/', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  refused = (await answer.json()).refused
  drawFaults()
}

function draw() {
  if (place === 'direct') read.set(seen.me, seen.newest[seen.me])
  const isNew = ({ id }) => seen.newest[id] !== undefined && seen.newest[id] !== (read.get(id) ?? '')
  const choices = seen.people.filter(({ id }) => id !== seen.bot)
  who.replaceChildren(
    ...choices.map((person) =>
      el('option', { value: person.id, selected: person.id === seen.me }, `${person.name}${isNew(person) ? ' •' : ''}`),
    ),
  )
  for (const id of ['channel', 'direct']) at(`#${id}`).classList.toggle('chosen', id === place)
  at('#channel').hidden = !seen.inChannel
  const { name } = at(`#${place}`).dataset
  at('#place').textContent = name
  writing.placeholder = place === 'channel' ? `Message ${name}, to @Tovholder` : `Message ${name}`
  at('#now').textContent = time.format(seen.now)
  drawMessages(seen.items.filter((item) => item.place === place))
  drawModal(seen.view)
  drawFaults()
}

function drawMessages(items) {
  const before = list.scrollHeight
  for (const [id, { node }] of drawn) {
    if (items.some((item) => item.id === id)) continue
    node.remove()
    drawn.delete(id)
  }
  for (const item of items) {
    const old = drawn.get(item.id)
    if (old?.version === item.version) continue
    const node = drawMessage(item)
    if (old) refill(node, fillsIn(old.node))
    if (old) old.node.replaceWith(node)
    else list.append(node)
    drawn.set(item.id, { node, version: item.version })
  }
  if (list.scrollHeight > before) list.scrollTop = list.scrollHeight
}

function drawMessage({ id, by, kind, blocks, text }) {
  const isBot = by === seen.bot
  const name = nameOf(by, seen.people)
  const press = (block, element) =>
    act({ does: 'click', on: id, block: block.block_id, action: element.action_id, fills: fillsIn(node) })
  const node = el(
    'li',
    { className: kind },
    kind === 'ephemeral' ? el('p', { className: 'alone' }, 'Only visible to you') : undefined,
    el('span', { className: `face ${isBot ? 'bot' : ''}`, 'aria-hidden': 'true' }, name[0]),
    el(
      'article',
      {},
      el('b', { className: 'name' }, name),
      isBot ? el('span', { className: 'app' }, 'APP') : undefined,
      el('time', {}, time.format(Number(id) * 1000)),
      blocks.length > 0
        ? drawBlocks(blocks, { people: seen.people, press })
        : el('div', { className: 'section' }, drawMrkdwn(text)),
    ),
  )
  return node
}

function drawModal(view) {
  const version = view && JSON.stringify([view.id, view.version, view.errors])
  if (dialog.dataset.version === version) return
  if (!view) {
    delete dialog.dataset.version
    return dialog.close()
  }
  const fills = fillsIn(dialog)
  const press = (block, element) =>
    act({ does: 'click', on: view.id, block: block.block_id, action: element.action_id, fills: fillsIn(dialog) })
  const close = () => act({ does: 'close', on: view.id })
  const submit = () => {
    const missing = missingIn(dialog)
    correct(dialog, missing)
    if (Object.keys(missing).length === 0) void act({ does: 'submit', on: view.id, fills: fillsIn(dialog) })
  }
  dialog.dataset.version = version
  dialog.oncancel = (event) => {
    event.preventDefault()
    void close()
  }
  dialog.setAttribute('aria-label', view.title)
  dialog.replaceChildren(
    el(
      'header',
      {},
      el('h2', {}, view.title),
      el('button', { type: 'button', 'aria-label': 'Close this window', onclick: close }, '✕'),
    ),
    drawBlocks(view.blocks, { people: seen.people, press }),
    el(
      'footer',
      {},
      el(
        'button',
        { type: 'button', className: 'button', onclick: close },
        view.close || (view.submit ? 'Cancel' : 'Close'),
      ),
      view.submit
        ? el('button', { type: 'button', className: 'button primary', onclick: submit }, view.submit)
        : undefined,
    ),
  )
  refill(dialog, fills)
  correct(dialog, view.errors)
  if (!dialog.open) dialog.showModal()
}

const drawFaults = () =>
  at('#faults').replaceChildren(...[...seen.faults, refused ?? []].flat().map((fault) => el('li', {}, fault)))

who.onchange = () => lookWith(`?as=${who.value}`)
for (const id of ['channel', 'direct']) at(`#${id}`).onclick = () => go(id)
for (const wait of document.querySelectorAll('[data-wait]'))
  wait.onclick = () => act({ does: 'wait', by: wait.dataset.wait })
composer.onsubmit = (event) => {
  event.preventDefault()
  const text = writing.value.trim()
  writing.value = ''
  if (text) void act({ does: 'write', place, text })
}
writing.onkeydown = (event) => {
  if (event.key !== 'Enter' || event.shiftKey) return
  event.preventDefault()
  composer.requestSubmit()
}
lookWith('')
